import type { EventDetail, RecordedEvent } from '#server/kernel/event.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import { isSealed } from '#server/kernel/private-fields.ts';

/** A preview fills a pane, not a connection. */
const PREVIEW_CHARS = 4000;
const TEXT_CHARS_MAX = 900;

/** Events of which a list shows a line: no page of 200 is larger than some 400 kB, whatever stands in the payloads. */
export const LISTED_BYTES_MAX = 2000;

/** An event whose payload, where it is larger than the bound, is a preview; `dataBytes` says of how much. */
export function previewOf<Event extends EventDetail>(event: Event, payloadBytesMax: number | undefined): Event {
  // A character is three bytes at most, but for those that JSON escapes; most payloads are known to be small by this alone.
  if (payloadBytesMax === undefined || !hasMore(event.data, payloadBytesMax / 3)) return event;
  const dataBytes = Buffer.byteLength(JSON.stringify(event.data));
  if (dataBytes <= payloadBytesMax) return event;
  const begin = (data: JsonObject) =>
    beginning(data, { left: Math.min(PREVIEW_CHARS, payloadBytesMax / 2) }) as JsonObject;
  const { original } = event;
  return {
    ...event,
    data: begin(event.data),
    dataBytes,
    ...(original !== undefined && { original: { ...original, data: begin(original.data) } }),
  };
}

/** A page of events, each as `previewOf` has it. */
export function previewsOf<Page extends { events: RecordedEvent[] }>(
  page: Page,
  payloadBytesMax: number | undefined,
): Page {
  if (payloadBytesMax === undefined) return page;
  return { ...page, events: page.events.map((event) => previewOf(event, payloadBytesMax)) };
}

/** Whether a value has more characters than these, give or take its punctuation; stops where it knows. */
function hasMore(value: Json, characters: number): boolean {
  const stack: Json[] = [value];
  let seen = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') seen += next.length + 2;
    else if (typeof next !== 'object' || next === null) seen += 1;
    else if (Array.isArray(next)) {
      seen += next.length;
      if (seen <= characters) stack.push(...next);
    } else {
      for (const [name, inner] of Object.entries(next)) {
        seen += name.length + 3;
        if (seen > characters) return true;
        stack.push(inner as Json);
      }
    }
    if (seen > characters) return true;
  }
  return false;
}

/** What comes first of a value, until nothing is left of the budget. A sealed text is whole or not there. */
function beginning(value: Json, budget: { left: number }): Json {
  if (typeof value === 'string') {
    const kept = isSealed(value) ? value : cut(value, Math.min(TEXT_CHARS_MAX, budget.left));
    budget.left -= kept.length;
    return kept;
  }
  if (typeof value !== 'object' || value === null) {
    budget.left -= 8;
    return value;
  }
  if (Array.isArray(value)) {
    const kept: Json[] = [];
    for (const inner of value) {
      if (budget.left <= 0) break;
      kept.push(beginning(inner, budget));
    }
    return kept;
  }
  const kept: [string, Json][] = [];
  for (const [name, inner] of Object.entries(value)) {
    if (budget.left <= 0) break;
    budget.left -= name.length;
    kept.push([name, beginning(inner as Json, budget)]);
  }
  // Not by assignment: a field may be named `__proto__`.
  return Object.fromEntries(kept) as Json;
}

/** Not within a character that takes two code units. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length)}…`;
}
