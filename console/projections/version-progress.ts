import { formatCount, formatRate, formatSeconds } from '#console/format.ts';
import type { Estimate, ProjectionStatus, ProjectionVersion } from '#server/projections/status.ts';

/** How far a build has come, in a sentence: events done, the rate, the time left. Null for what is not built. */
export function progressSentence({ progress, paused, eventsPerSecondMax }: ProjectionVersion): string | null {
  if (progress === null) return null;
  const { eventsDone, eventsTotal, eventsPerSecond, timeLeft } = progress;
  const done = `${formatCount(eventsDone)} of ${formatCount(eventsTotal)} events`;
  const rate = `${formatRate(eventsPerSecond)}/s`;
  const bound = eventsPerSecondMax === null ? '' : `, at most ${formatCount(eventsPerSecondMax)}/s`;
  if (paused !== null) return `${done}, paused${bound}`;
  if (eventsDone >= eventsTotal) return `${done}, follows the store`;
  const left =
    timeLeft === null
      ? 'time left not known yet'
      : `${formatSeconds(timeLeft.seconds)} left (${formatSeconds(timeLeft.low)} to ${formatSeconds(timeLeft.high)})`;
  return `${done}, ${rate}${bound}, ${left}`;
}

/** How long it takes up to the mark, in words: none where nothing is left, and never while it is held. */
export function timeLeft({ state, lagEvents, lag }: Pick<ProjectionStatus, 'state' | 'lagEvents' | 'lag'>): string {
  return leftInWords(lagEvents, state === 'paused', lag.eta);
}

/** The same of a version that is built or follows. */
export function timeLeftOf(
  { lagEvents, paused, progress }: Pick<ProjectionVersion, 'lagEvents' | 'paused' | 'progress'>,
  eta: Estimate | null,
): string {
  return leftInWords(lagEvents, paused !== null, progress?.timeLeft ?? eta);
}

function leftInWords(lagEvents: number, paused: boolean, left: Estimate | null): string {
  if (lagEvents === 0) return 'none';
  if (paused) return 'never, while paused';
  return left === null ? 'not known' : formatSeconds(left.seconds);
}

/** Where a version is on the way to the mark, so that only equal looks complete. */
export function versionAt({ checkpoint, lagEvents }: ProjectionVersion, mark: string): number {
  return lagEvents === 0 ? Number(mark) : Math.min(Number(checkpoint), Number(mark) - 1);
}
