import type { Database } from '#db/database.ts';

/** The read models of which a read of the last day was written down; each is one look into the index. */
export async function readNames(database: Database): Promise<Set<string>> {
  const rows = await database.query<{ name: string }>(
    `select p.name from projections p where exists (
       select 1 from read_requests r where r.name = p.name and r.at > clock_timestamp() - interval '1 day')`,
  );
  return new Set(rows.map(({ name }) => name));
}
