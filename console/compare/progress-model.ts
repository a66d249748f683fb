import type { Progress, Step } from '#server/compare/experiment.ts';

const STEPS: Record<Step, string> = {
  positions: 'bringing both to one position',
  hashes: 'hashing rows',
  rows: 'reading what differs',
  causes: 'finding causes',
  performance: 'applying events to both',
  reads: 'replaying read requests',
  commands: 'replaying commands',
  verdict: 'weighing',
};

const UNITS: Partial<Record<Step, string>> = {
  hashes: 'rows',
  rows: 'ranges',
  causes: 'rows',
  performance: 'batches',
  reads: 'reads',
  commands: 'commands',
};

/** What a step counts, with the blank before it; nothing where it counts nothing. */
export function stepUnit(step: Step | null): string {
  const unit = step === null ? undefined : UNITS[step];
  return unit === undefined ? '' : ` ${unit}`;
}

/** What a step does, in words. */
export function stepWord(step: Step | null): string {
  return step === null ? 'waiting for a worker' : STEPS[step];
}

export type ProgressSample = { step: Step | null; done: number; at: number };
export type ProgressFigures = { share: number | null; perSecond: number | null; secondsLeft: number | null };

const WINDOW_MS = 15_000;

/** Remembers a look at the progress; a new step begins anew, because its unit is another. */
export function addSample(samples: readonly ProgressSample[], sample: ProgressSample): ProgressSample[] {
  const last = samples.at(-1);
  if (last !== undefined && (last.step !== sample.step || sample.done < last.done)) return [sample];
  if (last !== undefined && last.at === sample.at) return [...samples];
  return [...samples.filter(({ at }) => sample.at - at <= WINDOW_MS), sample];
}

/** Rate over the last 15 s and the time left at that rate; null while either is not known. */
export function progressFigures(
  { done, total }: Pick<Progress, 'done' | 'total'>,
  samples: readonly ProgressSample[],
): ProgressFigures {
  const first = samples[0];
  const last = samples.at(-1);
  const seconds = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
  const perSecond =
    first === undefined || last === undefined || seconds < 0.5 ? null : (last.done - first.done) / seconds;
  const share = total === null || total === 0 ? null : Math.min(1, done / total);
  const secondsLeft = perSecond === null || perSecond <= 0 || total === null ? null : (total - done) / perSecond;
  return { share, perSecond, secondsLeft };
}
