import type { HighWaterMark } from '#server/event-store/event-store.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { BuildProgress, ProjectionVersion } from '#server/projections/status.ts';
import { estimate } from './estimate.ts';
import { whyNotInTime } from './in-time.ts';
import { COUNTED_POSITIONS_MAX, lagEventsOf, lagSecondsOf, type StatusRow } from './status-row.ts';
import { runOf } from './version-run.ts';

/** A version may be this far behind the serving one and still be promoted: it catches up while the switch waits. */
const PROMOTABLE_POSITIONS_MAX = 2000;

/** A row as the status shows it; `rows` are those of all versions. */
export function toVersion(
  row: StatusRow,
  mark: HighWaterMark,
  eventsPerSecond: number,
  rows: readonly StatusRow[],
): ProjectionVersion {
  const lagEvents = lagEventsOf(row, mark.position);
  const lagSeconds = lagSecondsOf(row, mark.position);
  const worker = workerOf(row);
  const ended = row.stop_at !== null && comparePositions(row.checkpoint, row.stop_at) >= 0;
  const run = runOf({
    state: row.state,
    paused: row.paused !== null,
    faulted: row.fault !== null || row.failure !== null,
    worker,
    lagEvents,
    lagSeconds,
    stillSeconds: row.still_seconds,
    ended,
  });
  const serving = rows.find((one) => one.name === row.name && one.version === one.serving_version);
  const whyNot = whyNotPromotable(row, serving, mark.position);
  return {
    version: row.version,
    codeVersion: row.code_version,
    state: row.state,
    run,
    checkpoint: row.checkpoint,
    lagEvents,
    lagSeconds,
    eventsHandled: Number(row.applied_events),
    parked: row.parked,
    progress:
      row.state === 'building' || row.state === 'scratch' ? progressOf(row, mark.position, eventsPerSecond) : null,
    eventsPerSecondMax: row.events_per_second_max,
    paused: row.paused,
    begun: { actor: row.begun_by, reason: row.begun_why, at: row.begun_at },
    promotable: whyNot === null,
    whyNot,
    worker:
      worker === 'holds' && row.worker_process !== null
        ? { processId: row.worker_process, host: row.worker_host ?? '', leasedSeconds: row.leased_seconds ?? 0 }
        : null,
    epoch: Number(row.epoch),
    refusedWrites: Number(row.refused_writes),
  };
}

export function workerOf({ leased_seconds: seconds }: StatusRow): 'holds' | 'silent' | 'none' {
  if (seconds === null) return 'none';
  return seconds > 0 ? 'holds' : 'silent';
}

/** Events to go: counted where they are near, else the share of positions that were its events so far. */
function progressOf(row: StatusRow, mark: Position, eventsPerSecond: number): BuildProgress {
  const end = row.stop_at ?? mark;
  const passed = Math.max(1, Number(row.checkpoint));
  const share = Math.min(1, Number(row.applied_events) / passed);
  const eventsDone = Number(row.applied_events);
  const positions = positionsBetween(row.checkpoint, end);
  const near = row.stop_at === null && positions <= COUNTED_POSITIONS_MAX;
  const left = near ? Number(row.counted) : Math.round(positions * (eventsDone === 0 ? 1 : share));
  return {
    eventsDone,
    eventsTotal: eventsDone + left,
    eventsPerSecond,
    timeLeft: estimate(left, rateOf(row, eventsPerSecond)),
  };
}

/** A throttled version is as fast as it is let; another as its batches are. */
function rateOf(
  { events_per_second_max: max, batch_rate: rate, batch_rate_deviation: deviation }: StatusRow,
  now: number,
) {
  if (max !== null) return { rate: max, deviation: max / 20 };
  return rate === null ? { rate: now, deviation: null } : { rate, deviation };
}

/** Why readers can't be switched to it now; null where they can. */
function whyNotPromotable(row: StatusRow, serving: StatusRow | undefined, mark: Position): string | null {
  if (row.state === 'serving') return 'it is the one that readers see';
  if (row.state === 'scratch') return 'it is the read model as of a moment';
  if (!row.indexed) return 'it has no indexes yet: they are made when it has caught up';
  if (row.paused !== null) return 'it is paused';
  const behind = positionsBetween(row.checkpoint, serving?.checkpoint ?? row.checkpoint);
  if (behind > PROMOTABLE_POSITIONS_MAX) return `it is ${behind} positions behind the serving version`;
  const events = lagEventsOf(row, mark) - (serving === undefined ? 0 : lagEventsOf(serving, mark));
  return whyNotInTime(events, row.events_per_second_max);
}
