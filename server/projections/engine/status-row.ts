import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { FailurePolicy, SinkKind, VersionState } from '#server/kernel/projection.ts';
import type { By } from '#server/projections/status.ts';
import type { Fault } from './checkpoint.ts';

/** Positions after a checkpoint that are counted one by one; beyond them their difference is told. */
export const COUNTED_POSITIONS_MAX = 10_000;

/** How many seconds a projection may be behind where nobody set it. */
const OBJECTIVE_SECONDS = 5;

/** A worker not heard of for this long is gone: a little longer than a lease. */
const HEARTBEAT_SECONDS_MAX = 2.5;

export type StatusRow = {
  name: string;
  title: string;
  sink: SinkKind;
  acknowledges: boolean;
  categories: string[] | null;
  failure_policy: FailurePolicy;
  effects: boolean;
  serving_version: number;
  previous_version: number | null;
  version: number;
  code_version: number;
  state: VersionState;
  checkpoint: Position;
  applied_events: string;
  update_ms: number | null;
  batch_rate: number | null;
  batch_rate_deviation: number | null;
  fault: Fault | null;
  moved_at: string;
  indexed: boolean;
  epoch: string;
  refused_writes: string;
  paused: By | null;
  events_per_second_max: number | null;
  begun_at: string;
  begun_by: string;
  begun_why: string;
  stop_at: Position | null;
  expires_at: string | null;
  failure: string | null;
  leased_seconds: number | null;
  worker_process: number | null;
  worker_host: string | null;
  still_seconds: number;
  counted: string;
  oldest_seconds: number | null;
  parked: number;
  objective_seconds: number;
  workers_alive: number;
};

// Bounded by position, so that a version which is a million events behind costs no more than one that is not.
export const STATUS = `
  select p.name, p.title, p.sink, p.acknowledges, p.categories, p.failure_policy, p.effects, p.serving_version, p.previous_version,
    v.version, v.code_version, v.state, v.checkpoint, v.applied_events, v.update_ms, v.batch_rate, v.batch_rate_deviation, v.fault, v.moved_at, v.indexed, v.epoch,
    v.refused_writes, v.paused, v.events_per_second_max, v.begun_at, v.begun_by, v.begun_why, v.stop_at, v.expires_at, v.failure,
    extract(epoch from v.leased_until - clock_timestamp())::float8 as leased_seconds,
    w.process_id as worker_process, w.host as worker_host,
    extract(epoch from clock_timestamp() - v.moved_at)::float8 as still_seconds,
    behind.counted,
    extract(epoch from clock_timestamp() - behind.oldest)::float8 as oldest_seconds,
    (select count(*) from parked k where k.name = v.name and k.version = v.version and k.state <> 'skipped')::int as parked,
    coalesce(o.seconds, ${OBJECTIVE_SECONDS}) as objective_seconds,
    (select count(*) from workers where heartbeat_at > clock_timestamp() - make_interval(secs => ${HEARTBEAT_SECONDS_MAX}))::int as workers_alive
  from projections p
  left join projection_objectives o on o.name = p.name
  join projection_versions v on v.name = p.name
  left join workers w on w.worker_id = v.owner
  cross join lateral (
    select count(*) as counted, (array_agg(e.recorded_at order by e.global_position))[1] as oldest
    from events e
    where e.global_position > v.checkpoint and e.global_position <= least($1, v.checkpoint + $2)
      and (p.categories is null or split_part(e.stream_id, '-', 1) = any (p.categories))
  ) behind
  order by p.acknowledges desc, p.sink desc, p.name, v.version desc`;

/** Exact while near, then the difference of positions. */
export function lagEventsOf({ checkpoint, counted }: StatusRow, mark: Position): number {
  if (comparePositions(checkpoint, mark) >= 0) return 0;
  const distance = positionsBetween(checkpoint, mark);
  return distance > COUNTED_POSITIONS_MAX ? distance : Number(counted);
}

/** Age of the first event not handled; 0 where there is none. */
export function lagSecondsOf(row: StatusRow, mark: Position): number {
  if (lagEventsOf(row, mark) === 0) return 0;
  return Math.max(0, row.oldest_seconds ?? row.still_seconds);
}
