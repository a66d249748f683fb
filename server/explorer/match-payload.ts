import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Json } from '#server/kernel/json.ts';
import type { EventFilter } from './explorer.ts';
import { evaluate } from './expression.ts';
import { parseExpression } from './expression-parser.ts';

const WORDS_MAX = 12;
const NONE: ReadonlySet<string> = new Set();

export type PayloadMatcher = (event: RecordedEvent, hidden?: ReadonlySet<string>) => boolean;

/** Words of a search in payloads: each must stand somewhere in it, in any case. */
export function wordsOf(q: string | undefined): string[] {
  const words = (q ?? '').toLowerCase().split(/\s+/);
  return words.filter((word) => word !== '').slice(0, WORDS_MAX);
}

/**
 * What of a filter is about the payload, for events that come by the live stream. Words are not looked for in `hidden`
 * fields, however deep they stand. Rejects as the parser does.
 */
export function payloadMatcher({ q, where }: Pick<EventFilter, 'q' | 'where'>): PayloadMatcher {
  const words = wordsOf(q);
  const expression = where === undefined ? null : parseExpression(where);
  return ({ data, metadata }, hidden = NONE) => {
    if (expression !== null && !evaluate(expression, { data, metadata })) return false;
    if (words.length === 0) return true;
    const text = JSON.stringify(data, (name, value: Json) => (hidden.has(name) ? undefined : value)).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
