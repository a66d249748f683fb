import type { Database, Query } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Inspection, RowsCheck } from '#server/projections/inspection.ts';
import { type Inspected, inspect, onSnapshot, rangesOf, rowsOf } from './inspected.ts';
import { applyAgain, beginReplay, passedEvents, type Replay } from './replay.ts';

const DEADLINE_MS = 60_000;
const STREAMS_MAX = 1000;

/** Of one batch of streams; a store with longer streams is checked in smaller steps. */
const EVENTS_MAX = 200_000;
const BATCH = 5000;

/** Replays the streams of some rows by the real handler and compares; on one snapshot, leaving nothing behind. */
export function checkRows(
  {
    database,
    eventStore,
    projections,
  }: { database: Database; eventStore: EventStore; projections: readonly Projection[] },
  { prefix = '', after = '', limit = 200, ...wanted }: Parameters<Inspection['checkRows']>[0],
): Promise<RowsCheck> {
  return onSnapshot(database, DEADLINE_MS, async (query) => {
    const inspected = await inspect(query, projections, wanted);
    if (!('keyIs' in rowsOf(inspected))) {
      throw new TidemarkError('bad-request', `a row of ${inspected.name} is made by many streams`, { field: 'name' });
    }
    const streams = await nextStreams(query, inspected, { prefix, after, limit: Math.min(limit, STREAMS_MAX) });
    const events = await passedEvents({ query, upcast: eventStore.upcast }, inspected, streams, EVENTS_MAX + 1);
    if (events.length > EVENTS_MAX) {
      throw new TidemarkError('bad-request', `these rows have more than ${EVENTS_MAX} events: take a smaller limit`, {
        field: 'limit',
      });
    }
    const replay = await beginReplay(query, database.schema, inspected);
    for (let first = 0; first < events.length; first += BATCH) {
      await applyAgain(query, replay, events.slice(first, first + BATCH));
    }
    const different = await compare(query, replay, streams);
    const nextAfter = streams.length < limit ? null : (streams.at(-1) ?? null);
    return { name: inspected.name, version: inspected.version, checked: streams.length, different, nextAfter };
  });
}

async function nextStreams(
  query: Query,
  inspected: Inspected,
  { prefix, after, limit }: { prefix: string; after: string; limit: number },
): Promise<string[]> {
  const ranges = rangesOf(inspected);
  const rows = await query<{ key: string }>(
    `select s.stream_id as key from unnest($4::text[], $5::text[]) as r ("from", below) cross join lateral (
       select stream_id from streams
       where stream_id > $1 and stream_id >= r."from" and stream_id < r.below
         and stream_id >= $2 and stream_id < $2 || chr(1114111)
       order by stream_id limit $3) s
     order by 1 limit $3`,
    [after, prefix, limit, ranges.map(({ from }) => from), ranges.map(({ below }) => below)],
  );
  return rows.map((row) => row.key);
}

async function compare(query: Query, { stored, fresh, key }: Replay, streams: readonly string[]): Promise<string[]> {
  const rows = await query<{ key: string }>(
    `select coalesce(a."${key}", b."${key}") as key
     from (select * from ${stored} where "${key}" = any ($1)) a
     full join (select * from ${fresh} where "${key}" = any ($1)) b on a."${key}" = b."${key}"
     where to_jsonb(a) is distinct from to_jsonb(b) order by 1`,
    [streams],
  );
  return rows.map((row) => row.key);
}
