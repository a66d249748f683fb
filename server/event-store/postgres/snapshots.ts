import { afterColumn, int8At, isNull, jsonAt } from '#db/binary.ts';
import type { Database } from '#db/database.ts';
import { type FoldOptions, PAGE_EVENTS_MAX } from '#server/event-store/event-store.ts';
import { type Keyframe, SNAPSHOT_PAST_BASE_MIN, type StreamTail } from '#server/event-store/fold-stream.ts';
import type { Folder } from '#server/kernel/decider.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { COLUMNS_OF_STREAM, eventsOf, type Reader } from './event-row.ts';

/** Snapshot and tail in one statement, hence of one moment. The state stands in the first row alone. */
const TAIL = `
  with bounds as materialized (
    select s.version as last_version, case
      when $5::timestamptz is null then least(s.version, $4::bigint)
      else coalesce((select o.stream_version from events o where o.stream_id = $1 and o.occurred_at <= $5
                     order by o.stream_version desc limit 1), 0) end as until
    from streams s where s.stream_id = $1
  ), base as materialized (
    select s.stream_version, s.state from snapshots s, bounds b
    where s.stream_id = $1 and s.reducer = $2 and s.reducer_version = $3 and s.stream_version <= b.until
      and s.stream_version > $8::bigint
    order by s.stream_version desc limit 1
  )
  select b.last_version, b.until, s.stream_version,
         case when e.stream_version is null or e.stream_version = coalesce(s.stream_version, $7) + 1 then s.state end,
         e.*
  from bounds b
    left join base s on true
    left join lateral (
      select ${COLUMNS_OF_STREAM} from events
      where stream_id = $1 and stream_version > coalesce(s.stream_version, $7::bigint) and stream_version <= b.until
      order by stream_version limit $6
    ) e on true
  order by e.stream_version`;

type TailRow = {
  lastVersion: number;
  until: number;
  snapshotVersion: number | undefined;
  state: JsonObject | undefined;
  event: RecordedEvent | undefined;
};

/** Reads a row of the tail of a stream. */
function tailRowsOf(streamId: StreamId): (answer: Buffer, start: number) => TailRow {
  const readEvent = eventsOf(streamId);
  return (answer, start) => {
    const untilAt = afterColumn(answer, start);
    const snapshotAt = afterColumn(answer, untilAt);
    const stateAt = afterColumn(answer, snapshotAt);
    const eventAt = afterColumn(answer, stateAt);
    return {
      lastVersion: int8At(answer, start),
      until: int8At(answer, untilAt),
      snapshotVersion: isNull(answer, snapshotAt) ? undefined : int8At(answer, snapshotAt),
      state: isNull(answer, stateAt) ? undefined : (jsonAt(answer, stateAt) as JsonObject),
      event: isNull(answer, eventAt) ? undefined : readEvent(answer, eventAt),
    };
  };
}

/** The nearest snapshot of this folder at or below the version asked for, and the first page of what follows it. */
export async function readTail(
  { database, upcast }: Reader,
  streamId: StreamId,
  folder: Folder,
  { version, at, base }: FoldOptions,
): Promise<StreamTail> {
  const parameters = [
    streamId,
    folder.name,
    folder.version,
    version ?? null,
    at ?? null,
    PAGE_EVENTS_MAX,
    base?.streamVersion ?? 0,
    base ? base.streamVersion + SNAPSHOT_PAST_BASE_MIN : 0,
  ];
  const rows = await database.read(TAIL, parameters, tailRowsOf(streamId));
  const [first] = rows;
  if (first === undefined) return { snapshot: undefined, events: [], until: 0, lastVersion: 0 };
  const { snapshotVersion, state, until, lastVersion } = first;
  return {
    snapshot:
      snapshotVersion === undefined || state === undefined ? undefined : { streamVersion: snapshotVersion, state },
    events: rows.flatMap(({ event }) => (event === undefined ? [] : [upcast(event)])),
    until,
    lastVersion,
  };
}

/** What an older version of the reducer, or another one, made of this stream goes at the same time. */
const KEEP = `
  with stale as (
    delete from snapshots where stream_id = $1 and (reducer <> $2 or reducer_version < $3)
  )
  insert into snapshots (stream_id, reducer, reducer_version, stream_version, state)
  select $1, $2, $3, k.stream_version, k.state::json from unnest($4::bigint[], $5::text[]) as k (stream_version, state)
  on conflict do nothing`;

const KEYFRAMES_A_STATEMENT = 500;

/** Streams whose states are being written at once; a fold beyond them keeps nothing, and a later one does. */
const WRITING_MAX = 2;

/** Writes snapshots behind the answers, one stream after the other, never two times the same stream at once. */
export function createSnapshotWriter(database: Database) {
  const writing = new Map<StreamId, Promise<void>>();

  async function write(streamId: StreamId, { name, version }: Folder, keyframes: readonly Keyframe[]): Promise<void> {
    for (let start = 0; start < keyframes.length; start += KEYFRAMES_A_STATEMENT) {
      const some = keyframes.slice(start, start + KEYFRAMES_A_STATEMENT);
      const versions = some.map((one) => one.streamVersion);
      const states = some.map((one) => one.state);
      await database.query(KEEP, [streamId, name, version, versions, states]);
    }
  }

  return {
    keep(streamId: StreamId, folder: Folder, keyframes: readonly Keyframe[]): void {
      if (writing.has(streamId) || writing.size >= WRITING_MAX) return;
      const written = write(streamId, folder, keyframes)
        // Without a snapshot the next fold is longer; whoever asked for this one has the answer already.
        .catch(() => {})
        .finally(() => writing.delete(streamId));
      writing.set(streamId, written);
    },
    /** Resolves when what is being written of a stream stands. */
    written: (streamId: StreamId): Promise<void> => writing.get(streamId) ?? Promise.resolve(),
    /** Resolves when what is being written stands. */
    async settled(): Promise<void> {
      await Promise.all(writing.values());
    },
  };
}
