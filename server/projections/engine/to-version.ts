import type { HighWaterMark } from '#server/event-store/event-store.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { BuildProgress, ProjectionVersion } from '#server/projections/status.ts';
import { bounded, estimate } from './estimate.ts';
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
      row.state === 'building' || row.state === 'scratch'
        ? progressOf(row, mark.position, eventsPerSecond, serving)
        : null,
    eventsPerSecondMax: row.events_per_second_max,
    paused: row.paused,
    begun: { actor: row.begun_by, reason: row.begun_why, at: row.begun_at },
    built: row.indexed && (whyNot === null || lagEvents === 0),
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

/**
 * Events to go: counted where they are near; else what the serving version, which is further, has handled more, and what
 * it has to go itself. A share of the positions passed would move all the while: a category's events do not lie evenly.
 */
function progressOf(row: StatusRow, mark: Position, eventsPerSecond: number, serving?: StatusRow): BuildProgress {
  const eventsDone = Number(row.applied_events);
  const ahead =
    row.stop_at === null && serving !== undefined && comparePositions(serving.checkpoint, row.checkpoint) > 0;
  const left =
    ahead && positionsBetween(row.checkpoint, mark) > COUNTED_POSITIONS_MAX
      ? Math.max(0, Number(serving.applied_events) - eventsDone) + eventsToGo(serving, mark)
      : eventsToGo(row, mark);
  return {
    eventsDone,
    eventsTotal: eventsDone + left,
    eventsPerSecond,
    timeLeft: estimate(left, rateOf(row, eventsPerSecond)),
  };
}

/** Counted where they are near, else the share of positions that were its events so far. */
function eventsToGo(row: StatusRow, mark: Position): number {
  const positions = positionsBetween(row.checkpoint, row.stop_at ?? mark);
  if (row.stop_at === null && positions <= COUNTED_POSITIONS_MAX) return Number(row.counted);
  const handled = Number(row.applied_events);
  const share = handled === 0 ? 1 : Math.min(1, handled / Math.max(1, Number(row.checkpoint)));
  return Math.round(positions * share);
}

/** As fast as its batches are, where it is let. */
function rateOf(
  { events_per_second_max: max, batch_rate: rate, batch_rate_deviation: deviation }: StatusRow,
  now: number,
) {
  return bounded(rate === null ? { rate: max === null ? now : null, deviation: null } : { rate, deviation }, max);
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
