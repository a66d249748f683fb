import type { EventFilter } from './explorer.ts';

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
  add((p) => `metadata->>'correlationId' = ${p}`, filter.correlationId);
  add((p) => `metadata->>'actor' = ${p}`, filter.actor);
  add((p) => `occurred_at >= ${p}::timestamptz`, filter.from);
  add((p) => `occurred_at < ${p}::timestamptz`, filter.to);
  return { sql, parameters };
}
