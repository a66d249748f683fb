import type { Database } from '#db/database.ts';
import type { Explorer, StreamSummary } from './explorer.ts';

const COLUMNS = `stream_id as "streamId", category, version::float8 as "streamVersion", first_at as "firstAt", last_at as "lastAt"`;
const ALL = `select ${COLUMNS} from streams where stream_id > $1 order by stream_id limit $2`;
const OF_CATEGORY = `select ${COLUMNS} from streams where stream_id > $1 and category = $3 order by stream_id limit $2`;

// What begins alike stands together under collation "C", and no character is above U+10FFFF.
const BY_PREFIX = `
  select ${COLUMNS} from streams
  where stream_id > $1 and stream_id >= $3 and stream_id < $3 || chr(1114111) and ($4::text is null or category = $4)
  order by stream_id limit $2`;

/** Ids that are walked in their order before the index of trigrams is asked. */
const WALKED_MAX = 20_000;

// Where the text is frequent, walking the ids fills a page at once; `walked` tells whether it came to the end of them.
const CONTAINS_BY_WALKING = `
  with walked as materialized (
    select * from streams where stream_id > $1 and ($4::text is null or category = $4) order by stream_id limit ${WALKED_MAX}
  )
  select ${COLUMNS}, (select count(*) from walked)::float8 as walked
  from (select 1) one left join (select * from walked where stream_id like $3 order by stream_id limit $2) s on true`;

// Where it is rare, the trigrams lead to its few rows. The bitmap is all that the settings leave to the planner, which
// does not know the pattern and would walk a million ids for the first page.
const CONTAINS_BY_TRIGRAMS = `
  select ${COLUMNS} from streams
  where stream_id like $3 and stream_id > $1 and ($4::text is null or category = $4)
  order by stream_id limit $2`;

/** Streams in the order of their ids, by keyset: a page costs the same wherever it stands. */
export async function listStreams(
  database: Database,
  { category, after = '', limit = 100, prefix, contains }: Parameters<Explorer['listStreams']>[0],
): ReturnType<Explorer['listStreams']> {
  const parameters = [after, limit + 1];
  const rows =
    prefix !== undefined
      ? await database.query<StreamSummary>(BY_PREFIX, [...parameters, prefix, category ?? null])
      : contains !== undefined
        ? await containing(database, [...parameters, `%${escapeLike(contains)}%`, category ?? null])
        : category !== undefined
          ? await database.query<StreamSummary>(OF_CATEGORY, [...parameters, category])
          : await database.query<StreamSummary>(ALL, parameters);
  const streams = rows.slice(0, limit);
  return { streams, nextAfter: rows.length > limit ? (streams.at(-1)?.streamId ?? null) : null };
}

async function containing(database: Database, parameters: readonly unknown[]): Promise<StreamSummary[]> {
  type Walked = StreamSummary & { walked: number };
  const rows = await database.query<Walked>(CONTAINS_BY_WALKING, parameters);
  const found = rows.filter((row) => row.streamId !== null).map(({ walked: _, ...row }) => row);
  if (found.length === parameters[1] || (rows[0]?.walked ?? 0) < WALKED_MAX) return found;
  return database.transaction(async (query) => {
    await query(`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
      set_config('enable_indexonlyscan', 'off', true)`);
    return query<StreamSummary>(CONTAINS_BY_TRIGRAMS, parameters);
  });
}

/** A text that LIKE takes for itself. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}

/** Categories with their numbers of streams, by name. */
export function listCategories(database: Database): Promise<{ category: string; streams: number }[]> {
  return database.query(
    'select category, count(*)::float8 as streams from streams group by category order by category',
  );
}
