import type { Database } from '#db/database.ts';
import type { EventStore, HighWaterMark } from '#server/event-store/event-store.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { ProjectionState, SinkKind } from '#server/kernel/projection.ts';
import type { ProjectionStatus, ProjectionsStatus } from '#server/projections/status.ts';
import type { Fault } from './checkpoint.ts';
import { HEARTBEAT_SECONDS_MAX } from './heartbeat.ts';
import { createSmoothedRate, type SmoothedRate } from './rates.ts';

/** Positions after a checkpoint that are counted one by one; beyond them their difference is told. */
const COUNTED_POSITIONS_MAX = 10_000;

const STALLED_SECONDS = 30;
const CATCHING_UP_SECONDS = 5;

type StatusRow = {
  name: string;
  title: string;
  sink: SinkKind;
  version: number;
  checkpoint: Position;
  applied_events: string;
  update_ms: number | null;
  fault: Fault | null;
  acknowledges: boolean;
  categories: string[] | null;
  moved_at: string;
  still_seconds: number;
  counted: string;
  oldest_seconds: number | null;
  worker_seconds: number | null;
};

// Bounded by position, so that a projection which is a million events behind costs no more than one that is not.
const STATUS = `
  select c.name, c.title, c.sink, c.version, c.checkpoint, c.applied_events, c.update_ms, c.fault, c.acknowledges, c.categories, c.moved_at,
    extract(epoch from clock_timestamp() - c.moved_at)::float8 as still_seconds,
    behind.counted,
    extract(epoch from clock_timestamp() - behind.oldest)::float8 as oldest_seconds,
    (select extract(epoch from clock_timestamp() - max(heartbeat_at))::float8 from workers) as worker_seconds
  from checkpoints c
  cross join lateral (
    select count(*) as counted, (array_agg(e.recorded_at order by e.global_position))[1] as oldest
    from events e
    where e.global_position > c.checkpoint and e.global_position <= least($1, c.checkpoint + $2)
      and (c.categories is null or split_part(e.stream_id, '-', 1) = any (c.categories))
  ) behind
  order by c.acknowledges desc, c.sink desc, c.name`;

type Rates = { arrived: SmoothedRate; drained: SmoothedRate };

/** Reads where the projections stand; keeps smoothed rates from one call to the next, so call it about once a second. */
export function createStatusReader(database: Database, eventStore: EventStore): () => Promise<ProjectionsStatus> {
  const rates = new Map<string, Rates>();

  return async () => {
    const mark = await eventStore.highWaterMark();
    const rows = await database.query<StatusRow>(STATUS, [mark.position, COUNTED_POSITIONS_MAX]);
    const atMs = performance.now();
    const projections = rows.map((row) => {
      const known = rates.get(row.name) ?? { arrived: createSmoothedRate(), drained: createSmoothedRate() };
      rates.set(row.name, known);
      return toStatus(row, mark, known, atMs);
    });
    return { projections, highWaterMark: mark.position, head: mark.head, heldBy: mark.heldBy ?? null };
  };
}

function toStatus(row: StatusRow, mark: HighWaterMark, rates: Rates, atMs: number): ProjectionStatus {
  const { name, title, sink, version, checkpoint, acknowledges, categories, fault } = row;
  const lagEvents = lagOf(row, mark.position);
  const handled = Number(row.applied_events);
  const drainRate = rates.drained.observe(handled, atMs);
  const arrivalRate = rates.arrived.observe(handled + lagEvents, atMs);
  const lagSeconds = lagEvents === 0 ? 0 : Math.max(0, row.oldest_seconds ?? row.still_seconds);
  const state = stateOf(row, lagEvents, lagSeconds);
  const gain = drainRate - arrivalRate;
  return {
    name,
    title,
    sink,
    state,
    version,
    checkpoint,
    lagEvents,
    lagSeconds,
    arrivalRate,
    drainRate,
    etaSeconds: state === 'catching_up' && gain > 0 ? lagEvents / gain : null,
    updateMs: row.update_ms,
    acknowledges,
    categories,
    fault,
    updatedAt: row.moved_at,
    versions: [{ version, state: 'serving', checkpoint }],
  };
}

function lagOf({ checkpoint, counted }: StatusRow, mark: Position): number {
  if (comparePositions(checkpoint, mark) >= 0) return 0;
  const distance = positionsBetween(checkpoint, mark);
  return distance > COUNTED_POSITIONS_MAX ? distance : Number(counted);
}

function stateOf(row: StatusRow, lagEvents: number, lagSeconds: number): ProjectionState {
  if (row.worker_seconds === null || row.worker_seconds > HEARTBEAT_SECONDS_MAX) return 'stopped';
  if (row.fault !== null) return 'faulted';
  if (lagEvents > 0 && row.still_seconds > STALLED_SECONDS && lagSeconds > STALLED_SECONDS) return 'stalled';
  return lagSeconds > CATCHING_UP_SECONDS ? 'catching_up' : 'running';
}
