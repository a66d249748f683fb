import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { eventConditions } from './event-conditions.ts';
import type { EventFilter, FacetBy, FacetValues } from './explorer.ts';
import { countedRange, newestUnder } from './narrowed.ts';

const COLUMN: Record<FacetBy, string> = {
  stream: 'stream_id',
  actor: `metadata->>'actor'`,
  correlation: `metadata->>'correlationId'`,
};
/** Fewer than the counts look at: these stand beside the table and are asked for with every filter. */
const LOOKED_AT_MAX = 20_000;
const VALUES_MAX = 12;

type Parts = { database: Database; eventStore: EventStore; signal?: AbortSignal | undefined };

/** The most frequent streams, actors or correlations of what a filter lets through. */
export async function facetValues(parts: Parts, { by, ...all }: EventFilter & { by: FacetBy }): Promise<FacetValues> {
  const { [OWN[by]]: _, ...filter } = all;
  const { low, high, most, newestOnly } = await countedRange(parts, filter, LOOKED_AT_MAX);
  const { sql, parameters } = eventConditions(filter, 4);
  const statement = `
    with counted as (
      select ${COLUMN[by]} as value, count(*) as count from (${newestUnder(filter, sql, most)}) newest group by 1
    )
    select value, count::float8 as count, (select count(value) from counted)::float8 as distinct,
           (select sum(count) from counted)::float8 as events
    from counted where value is not null order by count desc, value limit $3`;
  type Row = { value: string; count: number; distinct: number; events: number };
  const rows = await parts.database.query<Row>(statement, [low, high, VALUES_MAX, ...parameters], {
    signal: parts.signal,
  });
  const [first] = rows;
  return {
    values: rows.map(({ value, count }) => ({ value, count })),
    distinct: first?.distinct ?? 0,
    newestOnly: newestOnly ?? ((first?.events ?? 0) >= most ? most : null),
  };
}

const OWN = { stream: 'streamId', actor: 'actor', correlation: 'correlationId' } as const;
