import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isSealed } from '#server/kernel/private-fields.ts';

/** Text of a document by weight: what names the thing, then everything else that it says. */
export type DocumentText = { title: string; names: string; body: string };

const NAMING = /^(id|name|title|path|subject|label|email|sku|customerId|orderId|trackingNumber)$/;

/** Of one text; what is longer is cut. A tsvector holds at most 1 MB, and nobody searches for the end of a dump. */
const TEXT_CHARS_MAX = 1000;
const BODY_CHARS_MAX = 16_000;
const TEXTS_MAX = 2000;

/** Takes the words out of a document's fields; walks without recursion and stops at a bound. */
export function documentText(streamId: string, fields: JsonObject): DocumentText {
  const names: string[] = [];
  const rest: string[] = [];
  const places: { key: string; value: Json }[] = [{ key: '', value: fields }];
  // Grows while it is walked; a queue that shifts would move a million places for each text taken.
  for (const { key, value } of places) {
    if (names.length + rest.length >= TEXTS_MAX) break;
    if (typeof value === 'string' && isSealed(value)) continue;
    if (typeof value === 'string') (NAMING.test(key) ? names : rest).push(value.slice(0, TEXT_CHARS_MAX));
    else if (Array.isArray(value)) for (const item of value) places.push({ key, value: item });
    else if (typeof value === 'object' && value !== null) {
      // In the order of the names: jsonb gives keys back in an order of its own, and a replay must make the same text.
      for (const name of Object.keys(value).sort()) places.push({ key: name, value: value[name] ?? null });
    }
  }
  const title = streamId.slice(streamId.indexOf('-') + 1);
  return {
    title,
    names: withParts([streamId, title, ...names].join(' ')),
    body: [...names, ...rest].join(' · ').slice(0, BODY_CHARS_MAX),
  };
}

/** The text, and once more with everything but letters and digits as spaces: `lib/express.js` is found by `express`. */
export function withParts(text: string): string {
  return `${text} ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')}`;
}
