import type { Density } from '#server/explorer/explorer.ts';

/** Categories drawn by name; the rest are one layer, "other". */
export const NAMED_MAX = 6;
export const OTHER = 'other';
export const WINDOW_MS = 3_600_000;
const BUCKET_MS = 30_000;

/** One bar: its time, events a second by layer, and whether it lies past the high-water line. */
export type DensityBar = { start: number; past: boolean; rates: Record<string, number> };

export type DensityChart = {
  bars: DensityBar[];
  /** Bottom first: the largest lies lowest. */
  layers: string[];
  /** The height of the axis, a round number at or above the highest bar. */
  top: number;
  highest: { start: number; rate: number } | null;
};

/** The last hour in whole buckets, so that the picture moves by bars and the query by its key. */
export function lastHour(now: number): { from: string; to: string; buckets: number } {
  const to = Math.ceil(now / BUCKET_MS) * BUCKET_MS;
  return {
    from: new Date(to - WINDOW_MS).toISOString(),
    to: new Date(to).toISOString(),
    buckets: WINDOW_MS / BUCKET_MS,
  };
}

/** Puts every bucket of the window in its place, empty ones too. `mark` is the time of the high-water line. */
export function prepareDensity(density: Density, mark: number): DensityChart {
  const width = density.bucketSeconds * 1000;
  const layers = layersOf(density);
  const counted = new Map(density.buckets.map(({ start, counts }) => [Date.parse(start), counts]));
  const bars: DensityBar[] = [];
  for (let start = Date.parse(density.from); start < Date.parse(density.to); start += width) {
    const rates: Record<string, number> = {};
    for (const [name, count] of Object.entries(counted.get(start) ?? {})) {
      const layer = layers.includes(name) ? name : OTHER;
      rates[layer] = (rates[layer] ?? 0) + count / density.bucketSeconds;
    }
    bars.push({ start, past: start >= mark, rates });
  }
  const highest = bars.reduce<DensityChart['highest']>((best, bar) => {
    const rate = sum(bar.rates);
    return rate > (best?.rate ?? 0) ? { start: bar.start, rate } : best;
  }, null);
  return { bars, layers, top: roundUp(highest?.rate ?? 0), highest };
}

/** Times to name on the axis: every `everyMinutes` from the first bar on, none so near the end that it meets "now". */
export function timeTicks(bars: readonly DensityBar[], everyMinutes: number): number[] {
  const first = bars[0]?.start;
  const last = bars.at(-1)?.start;
  if (first === undefined || last === undefined) return [];
  const ticks = bars.map(({ start }) => start).filter((start) => (start - first) % (everyMinutes * 60_000) === 0);
  return [...ticks.filter((start) => last - start > everyMinutes * 45_000), last];
}

/** The total of a bar. */
export function sum(rates: Record<string, number>): number {
  return Object.values(rates).reduce((total, rate) => total + rate, 0);
}

function layersOf({ buckets }: Density): string[] {
  const totals = new Map<string, number>();
  for (const { counts } of buckets) {
    for (const [name, count] of Object.entries(counts)) totals.set(name, (totals.get(name) ?? 0) + count);
  }
  const names = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  return names.length > NAMED_MAX ? [...names.slice(0, NAMED_MAX - 1), OTHER] : names;
}

/** 1, 2, 4, 5 or 8 times a power of ten: halves of them are round too. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 5, 8, 10].find((step) => step * power >= value) ?? 10);
}
