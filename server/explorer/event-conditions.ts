import { CORRELATION_KEY, correlatedWith } from './correlation-key.ts';
import type { EventFilter } from './explorer.ts';
import { parseExpression } from './expression-parser.ts';
import { expressionSql } from './expression-sql.ts';
import { wordsOf } from './match-payload.ts';

/** Conditions of a filter as SQL over `events`, with parameters numbered from `first`. */
export function eventConditions(filter: EventFilter, first: number): { sql: string[]; parameters: unknown[] } {
  const sql: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: (parameter: string) => string, value: unknown) => {
    if (value === undefined) return;
    sql.push(condition(`$${first + parameters.length}`));
    parameters.push(value);
  };
  add((p) => `split_part(stream_id, '-', 1) = any (${p}::text[])`, filter.categories);
  add((p) => `event_type = any (${p}::text[])`, filter.eventTypes);
  add((p) => `stream_id = ${p}`, filter.streamId);
  add(correlatedWith, filter.correlationId);
  add((p) => `metadata->>'actor' = ${p}`, filter.actor);
  add((p) => `occurred_at >= ${p}::timestamptz`, filter.from);
  add((p) => `occurred_at < ${p}::timestamptz`, filter.to);
  add((p) => `global_position >= ${p}::bigint`, filter.firstPosition);
  add((p) => `global_position <= ${p}::bigint`, filter.lastPosition);
  const hidden = filter.q === undefined ? undefined : filter.hiddenFields;
  const looked =
    hidden === undefined ? 'data' : `without_fields(data, $${first + parameters.push(hidden) - 1}::text[])`;
  for (const word of wordsOf(filter.q)) add((p) => `strpos(lower(${looked}::text), ${p}::text) > 0`, word);
  if (filter.where !== undefined) {
    const value = (one: unknown) => `$${first + parameters.push(one) - 1}`;
    sql.push(expressionSql(parseExpression(filter.where), value));
  }
  return { sql, parameters };
}

/** Whether the events of a filter are found by an index, wherever they stand. */
export function isIndexed({ streamId, correlationId }: EventFilter): boolean {
  return streamId !== undefined || correlationId !== undefined;
}

/**
 * What the events of a filter are ordered by, so that the index which finds them gives them in the order of the store: a
 * planner that is asked for positions may walk all of them for a stream whose events are old.
 */
export function orderOf({ streamId, correlationId }: EventFilter): string {
  return streamId !== undefined ? 'stream_version' : correlationId !== undefined ? CORRELATION_KEY : 'global_position';
}
