import type { RecordedEvent } from '#server/kernel/event.ts';
import type { EventFilter } from './explorer.ts';
import { evaluate } from './expression.ts';
import { parseExpression } from './expression-parser.ts';

const WORDS_MAX = 12;

/** Words of a search in payloads: each must stand somewhere in it, in any case. */
export function wordsOf(q: string | undefined): string[] {
  const words = (q ?? '').toLowerCase().split(/\s+/);
  return words.filter((word) => word !== '').slice(0, WORDS_MAX);
}

/** What of a filter is about the payload, for events that come by the live stream. Rejects as the parser does. */
export function payloadMatcher({ q, where }: Pick<EventFilter, 'q' | 'where'>): (event: RecordedEvent) => boolean {
  const words = wordsOf(q);
  const expression = where === undefined ? null : parseExpression(where);
  return ({ data, metadata }) => {
    if (expression !== null && !evaluate(expression, { data, metadata })) return false;
    if (words.length === 0) return true;
    const text = JSON.stringify(data).toLowerCase();
    return words.every((word) => text.includes(word));
  };
}
