import type { Database } from '#db/database.ts';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import { rangeOfStreams } from '#server/kernel/stream-id.ts';
import type { Explorer, StreamCounts, StreamSummary } from './explorer.ts';

const COLUMNS = `stream_id as "streamId", category, version::float8 as "streamVersion", first_at as "firstAt", last_at as "lastAt"`;

// Streams of a category stand together under collation "C", between $3 and $4, and so does what begins alike.
const PAGE = `
  select ${COLUMNS} from streams
  where stream_id > $1 and stream_id >= $3 and stream_id < $4 and stream_id >= $5 and stream_id < $5 || chr(1114111)
  order by stream_id limit $2`;

/** Ids that are walked in their order before the index of trigrams is asked. */
const WALKED_MAX = 20_000;
/** A text of fewer characters has no trigram: then ids are walked alone, so many for a page. */
const TRIGRAM_CHARS = 3;
const WALKED_ALONE_MAX = 100_000;

// Where the text is frequent, walking the ids fills a page at once; `walked` and `last` tell how far it came. The walk
// reads ids alone, which the index has, and then the rows of the page.
const CONTAINS_BY_WALKING = `
  with walked as materialized (
    select stream_id from streams where stream_id > $1 and stream_id >= $3 and stream_id < $4 order by stream_id limit $6
  ), found as materialized (
    select stream_id from walked where stream_id like $5 order by stream_id limit $2
  )
  select ${COLUMNS}, (select count(*) from walked)::float8 as walked, (select max(stream_id) from walked) as last
  from (select 1) one left join (
    select s.* from found cross join lateral (select * from streams where stream_id = found.stream_id offset 0) s
  ) s on true
  order by stream_id`;

// Where it is rare, the trigrams lead to its few rows. The bitmap is all that the settings leave to the planner, which
// does not know the pattern and would walk a million ids for the first page.
const CONTAINS_BY_TRIGRAMS = `
  select ${COLUMNS} from streams
  where stream_id like $5 and stream_id > $1 and stream_id >= $3 and stream_id < $4
  order by stream_id limit $2`;

/**
 * Streams in the order of their ids, by keyset: a page costs the same wherever it stands. One that contains a short text
 * may have few streams, or none, and still a next page.
 */
export async function listStreams(
  database: Database,
  { category, after = '', limit = 100, prefix = '', contains }: Parameters<Explorer['listStreams']>[0],
): ReturnType<Explorer['listStreams']> {
  if (category?.includes('-')) return { streams: [], nextAfter: null };
  const { from, below } = rangeOfStreams(category);
  const parameters = [after, limit + 1, from, below];
  if (contains !== undefined && prefix === '') return containing(database, contains, limit, parameters);
  return pageOf(await database.query<StreamSummary>(PAGE, [...parameters, prefix]), limit, null);
}

/** `reached` is where the next page begins where these rows do not fill this one. */
function pageOf(rows: readonly StreamSummary[], limit: number, reached: string | null) {
  const streams = rows.slice(0, limit);
  return { streams, nextAfter: rows.length > limit ? (streams.at(-1)?.streamId ?? null) : reached };
}

async function containing(
  database: Database,
  contains: string,
  limit: number,
  page: readonly unknown[],
): ReturnType<Explorer['listStreams']> {
  type Walked = StreamSummary & { walked: number; last: string };
  const parameters = [...page, `%${escapeLike(contains)}%`];
  const alone = contains.length < TRIGRAM_CHARS;
  const walkedMax = alone ? WALKED_ALONE_MAX : WALKED_MAX;
  const rows = await database.query<Walked>(CONTAINS_BY_WALKING, [...parameters, walkedMax]);
  const found = rows.filter((row) => row.streamId !== null).map(({ walked: _, last: __, ...row }) => row);
  const [first] = rows;
  const atEnd = first === undefined || first.walked < walkedMax;
  if (alone || atEnd || found.length > limit) return pageOf(found, limit, atEnd ? null : first.last);
  const byTrigrams = await database.transaction(async (query) => {
    await query(`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
      set_config('enable_indexonlyscan', 'off', true)`);
    return query<StreamSummary>(CONTAINS_BY_TRIGRAMS, parameters);
  });
  return pageOf(byTrigrams, limit, null);
}

/** A text that LIKE takes for itself. */
function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}

/** Events that the projection has yet to count and that are looked at for it. */
const UNCOUNTED_MAX = 20_000;

// In one statement, so that a stream which is being counted stands in one of the two and not in both.
const STREAM_COUNTS = `
  with uncounted as materialized (
    select split_part(stream_id, '-', 1) as category, stream_version, global_position from events
    where global_position > (select checkpoint from checkpoints where name = 'density')
    order by global_position limit ${UNCOUNTED_MAX}
  )
  select category, sum(streams)::float8 as streams, min(first) as "firstPosition",
    (select count(*) from uncounted)::float8 as uncounted
  from (
    select category, streams, null::bigint as first from stream_counts
    union all
    select category, count(*) filter (where stream_version = 1), min(global_position) from uncounted group by category
    union all
    select category, 0, min(first_position) from density where bucket_seconds = ${WIDEST_LEVEL} group by category
  ) counted group by category having sum(streams) > 0 order by category`;

/** Categories with their numbers of streams, by name: kept by the density projection, and what it has yet to count. */
export async function listCategories(database: Database): Promise<StreamCounts> {
  type Counted = StreamCounts['categories'][number] & { uncounted: number };
  const rows = await database.query<Counted>(STREAM_COUNTS);
  return {
    categories: rows.map(({ uncounted: _, ...row }) => row),
    complete: (rows[0]?.uncounted ?? 0) < UNCOUNTED_MAX,
  };
}

// From each name to the next: a probe of the streams' key a category, behind whose last stream the next one's first stands.
const NAMES = `
  with recursive names as (
    (select category from streams order by stream_id limit 1)
    union all
    select (select s.category from streams s where s.stream_id >= n.category || '.' order by s.stream_id limit 1)
    from names n where n.category is not null
  )
  select category from names where category is not null`;

/** The names of all categories, in their order. */
export async function categoryNames(database: Database): Promise<string[]> {
  const rows = await database.query<{ category: string }>(NAMES);
  return rows.map(({ category }) => category);
}
