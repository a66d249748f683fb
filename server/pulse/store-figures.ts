import type { Database } from '#db/database.ts';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';

export type StoreFigures = {
  at: string;
  serverVersion: string;
  /** What the planner's statistics say, and never less than what is counted: exact while small. */
  events: number;
  streams: number;
  empty: boolean;
  /** Events of each category so far, as the rollup has counted them. */
  categories: { category: string; count: number }[];
};

// Counts of large tables come from their statistics: an exact count reads the whole table.
const FIGURES = `
  select clock_timestamp() as at, current_setting('server_version') as "serverVersion",
    (select case when reltuples > 50000 then reltuples else (select count(*) from events) end
     from pg_class where oid = 'events'::regclass)::float8 as events,
    (select case when reltuples > 50000 then reltuples else (select count(*) from streams) end
     from pg_class where oid = 'streams'::regclass)::float8 as streams,
    not exists (select 1 from streams where category <> all($1)) as empty,
    (select coalesce(json_agg(json_build_object('category', category, 'count', n)), '[]') from (
      select category, sum(count)::float8 as n from density where bucket_seconds = ${WIDEST_LEVEL} group by category) c) as categories`;

/** `ownCategories`: those that Tidemark keeps of itself. */
export async function readStoreFigures(database: Database, ownCategories: readonly string[]): Promise<StoreFigures> {
  const [row] = await database.query<StoreFigures>(FIGURES, [ownCategories]);
  if (row === undefined) throw new Error('figures of the store gave no row');
  return row;
}
