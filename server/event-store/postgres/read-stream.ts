import type { ReadStreamOptions, StreamPage } from '#server/event-store/event-store.ts';
import { pageLimit } from '#server/event-store/page-limit.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { COLUMNS_OF_STREAM, eventsOf, type Reader } from './event-row.ts';

const FORWARD = `select ${COLUMNS_OF_STREAM} from events
  where stream_id = $1 and stream_version > $2 order by stream_version limit $3`;
const BACKWARD = `select ${COLUMNS_OF_STREAM} from events
  where stream_id = $1 and stream_version < $2 order by stream_version desc limit $3`;

/** One event more than the page is read, to tell whether there is a next. */
export async function readStream(
  { database, upcast }: Reader,
  streamId: StreamId,
  { after, limit, direction = 'forward' }: ReadStreamOptions = {},
): Promise<StreamPage> {
  const size = pageLimit(limit);
  const forward = direction === 'forward';
  const from = after ?? (forward ? 0 : Number.MAX_SAFE_INTEGER);
  const read = await database.read(forward ? FORWARD : BACKWARD, [streamId, from, size + 1], eventsOf(streamId));
  const events = read.slice(0, size).map(upcast);
  return { events, nextAfter: read.length > size ? (events.at(-1)?.streamVersion ?? null) : null };
}
