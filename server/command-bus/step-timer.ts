import type { Clock } from '#server/kernel/clock.ts';
import type { ReceiptStep } from './receipt.ts';

/** Times the steps of one command. A step that happens again, after a conflict, adds to its time. */
export type StepTimer = {
  /** Adds to a step what was measured elsewhere, because several commands share it. */
  add(step: ReceiptStep, durationMs: number): void;
  run<T>(step: ReceiptStep, work: () => T | Promise<T>): Promise<T>;
  steps(): { step: ReceiptStep; durationMs: number }[];
  /** Milliseconds since the command came. */
  elapsedMs(): number;
};

const ORDER: readonly ReceiptStep[] = [
  'receive',
  'validate',
  'load_events',
  'replay',
  'decide',
  'append',
  'publish',
  'reject',
  'project',
  'acknowledge',
  'query_state',
];

export function createStepTimer(clock: Clock): StepTimer {
  const startedAt = clock.monotonicMs();
  const durations = new Map<ReceiptStep, number>();
  const add = (step: ReceiptStep, durationMs: number) => {
    durations.set(step, (durations.get(step) ?? 0) + durationMs);
  };
  return {
    add,
    async run(step, work) {
      const from = clock.monotonicMs();
      try {
        return await work();
      } finally {
        add(step, clock.monotonicMs() - from);
      }
    },
    steps: () =>
      ORDER.flatMap((step) => {
        const durationMs = durations.get(step);
        return durationMs === undefined ? [] : [{ step, durationMs: roundMs(durationMs) }];
      }),
    elapsedMs: () => clock.monotonicMs() - startedAt,
  };
}

/** To the microsecond: finer is noise. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
