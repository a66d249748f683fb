/** A step's bar: where it begins and how long it is, as shares of the whole. */
export type WaterfallBar = {
  step: string;
  durationMs: number;
  from: number;
  width: number;
  tone: 'step' | 'append' | 'project';
};
export type Waterfall = {
  bars: WaterfallBar[];
  totalMs: number;
  ticks: { ms: number; at: number }[];
  durableAt: number | null;
};

const TICK_MS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const TICKS_MAX = 5;

/** Steps one after the other; from the end of `append` on the events are durable. */
export function waterfall(steps: readonly { step: string; durationMs: number }[]): Waterfall {
  const totalMs = Math.max(
    0.001,
    steps.reduce((sum, step) => sum + step.durationMs, 0),
  );
  let from = 0;
  let durableAt: number | null = null;
  const bars = steps.map(({ step, durationMs }): WaterfallBar => {
    const bar = { step, durationMs, from: from / totalMs, width: durationMs / totalMs, tone: toneOf(step) };
    from += durationMs;
    if (step === 'append') durableAt = from / totalMs;
    return bar;
  });
  const every = TICK_MS.find((ms) => totalMs / ms <= TICKS_MAX) ?? totalMs;
  const ticks = Array.from({ length: Math.floor(totalMs / every) + 1 }, (_, index) => ({
    ms: index * every,
    at: (index * every) / totalMs,
  }));
  return { bars, totalMs, ticks, durableAt };
}

function toneOf(step: string): WaterfallBar['tone'] {
  if (step === 'append') return 'append';
  return step === 'project' ? 'project' : 'step';
}
