import type { Database } from '#db/database.ts';
import type { Explorer, StreamSummary } from './explorer.ts';

const COLUMNS = `stream_id as "streamId", category, version::float8 as "streamVersion", first_at as "firstAt", last_at as "lastAt"`;
const ALL = `select ${COLUMNS} from streams where stream_id > $1 order by stream_id limit $2`;
const OF_CATEGORY = `select ${COLUMNS} from streams where stream_id > $1 and category = $3 order by stream_id limit $2`;

/** Streams in the order of their ids, by keyset: a page costs the same wherever it stands. */
export async function listStreams(
  database: Database,
  { category, after = '', limit = 100 }: Parameters<Explorer['listStreams']>[0],
): ReturnType<Explorer['listStreams']> {
  const rows = category
    ? await database.query<StreamSummary>(OF_CATEGORY, [after, limit + 1, category])
    : await database.query<StreamSummary>(ALL, [after, limit + 1]);
  const streams = rows.slice(0, limit);
  return { streams, nextAfter: rows.length > limit ? (streams.at(-1)?.streamId ?? null) : null };
}

/** Categories with their numbers of streams, by name. */
export function listCategories(database: Database): Promise<{ category: string; streams: number }[]> {
  return database.query(
    'select category, count(*)::float8 as streams from streams group by category order by category',
  );
}
