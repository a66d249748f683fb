import type { Distribution, Side } from '#server/compare/report.ts';
import { formatTimeIn } from './experiment-words.ts';

/** A step: what each side's height is from `x` on. Null outside of its bins, so that no line is drawn where nothing is. */
export type DistributionStep = { x: number; a: number; b: number };

/** A quantile as a named dash. `row` is the line of the label, so that two never cover each other. */
export type QuantileMark = {
  side: Side;
  name: 'p50' | 'p99';
  value: number;
  label: string;
  row: number;
  left: boolean;
};

export type DistributionChart = {
  steps: DistributionStep[];
  from: number;
  to: number;
  ticks: number[];
  marks: QuantileMark[];
  /** Lines that the labels take. */
  rows: number;
  unit: Distribution['unit'];
};

/** A letter of 11 px is some 5.8 px wide, and the label stands 5 px off its dash. */
const LETTER_PX = 5.8;
const GAP_PX = 8;
const TICKS_MAX = 7;
/** There are four marks, so four lines always do. */
const ROWS = [0, 1, 2, 3];
const TAIL = 0.0005;

/**
 * Two samples on one logarithmic axis. A bin's height is its share divided by its width on that axis, so that bins of
 * different widths compare and the areas beneath both lines are equal.
 */
export function distributionChart(
  a: Distribution,
  b: Distribution,
  names: Record<Side, string>,
  widthPx = 520,
): DistributionChart {
  const from = Math.min(lowest(a), lowest(b));
  const to = Math.max(highest(a), highest(b), from * 1.5);
  const edges = [...new Set([from, ...a.edges, ...b.edges, to])].filter((x) => x >= from && x <= to).sort(byNumber);
  const marks = placeMarks([...marksOf(a, 'a', names), ...marksOf(b, 'b', names)], from, to, widthPx);
  return {
    steps: edges.map((x) => ({ x, a: heightAt(a, x), b: heightAt(b, x) })),
    from,
    to,
    ticks: logTicks(from, to, widthPx < 400 ? TICKS_MAX - 3 : TICKS_MAX),
    marks,
    rows: Math.max(...marks.map(({ row }) => row)) + 1,
    unit: a.unit,
  };
}

/** 1, 2, 5 times powers of ten within the ends; powers of ten alone where those are too many. */
export function logTicks(from: number, to: number, most = TICKS_MAX): number[] {
  const ticks = (factors: number[], every = 1) => {
    const found: number[] = [];
    for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power += every) {
      found.push(...factors.map((factor) => Number((factor * 10 ** power).toPrecision(1))));
    }
    return found.filter((tick) => tick >= from && tick <= to);
  };
  const candidates = [ticks([1, 2, 5]), ticks([1, 3]), ticks([1]), ticks([1], 2), ticks([1], 3)];
  return candidates.find((list) => list.length <= most) ?? [];
}

/** Multiples of 1, 2 or 5 times a power of ten within the ends, so that each step is as long; none shorter than `least`. */
export function evenTicks(from: number, to: number, { most = TICKS_MAX, least = 0 } = {}): number[] {
  for (let power = 10 ** Math.floor(Math.log10((to - from) / most)); ; power *= 10) {
    for (const step of [power, 2 * power, 5 * power]) {
      const first = Math.ceil(from / step - 1e-9);
      const count = Math.floor(to / step + 1e-9) - first + 1;
      if (step >= least && count <= most) {
        return Array.from({ length: Math.max(0, count) }, (_, index) =>
          Number(((first + index) * step).toPrecision(12)),
        );
      }
    }
  }
}

function marksOf(distribution: Distribution, side: Side, names: Record<Side, string>): QuantileMark[] {
  return (['p50', 'p99'] as const).map((name) => {
    const value = distribution[name].estimate;
    const label = `${names[side]} ${name} ${formatTimeIn(value, distribution.unit)}`;
    return { side, name, value, label, row: 0, left: false };
  });
}

/**
 * A dash begins beside its own name, so a name is crossed by no dash that belongs to a line further down: names that stand
 * left of theirs go down from right to left, then the others from left to right.
 */
function placeMarks(marks: QuantileMark[], from: number, to: number, widthPx: number): QuantileMark[] {
  const at = (value: number) => Math.log(value / from) / Math.log(to / from);
  const shareOf = ({ label }: QuantileMark) => (label.length * LETTER_PX + GAP_PX) / widthPx;
  const sided = marks
    .sort((one, other) => one.value - other.value)
    .map((mark) => ({ ...mark, left: at(mark.value) + shareOf(mark) > 1 }));
  const taken: { from: number; to: number; row: number }[] = [];
  for (const mark of [...sided.filter(({ left }) => left).reverse(), ...sided.filter(({ left }) => !left)]) {
    const start = at(mark.value) - (mark.left ? shareOf(mark) : 0);
    const span = { from: start, to: start + shareOf(mark) };
    const covered = new Set(taken.filter((one) => one.from < span.to && span.from < one.to).map(({ row }) => row));
    mark.row = ROWS.find((candidate) => !covered.has(candidate)) ?? 0;
    taken.push({ ...span, row: mark.row });
  }
  return sided;
}

function heightAt({ edges, counts, count }: Distribution, x: number): number {
  const bin = edges.findLastIndex((edge) => edge <= x);
  const lower = edges[bin];
  const upper = edges[bin + 1];
  if (lower === undefined || upper === undefined || count === 0) return 0;
  return (counts[bin] ?? 0) / count / Math.log2(upper / lower);
}

/** The axis leaves out what is thinner than a pixel at both ends; the p99 stays in sight in any case. */
function lowest({ edges, counts, count }: Distribution): number {
  let sum = 0;
  const bin = counts.findIndex((one) => {
    sum += one;
    return sum > count * TAIL;
  });
  return Math.max(edges[Math.max(0, bin)] ?? 0, Number.EPSILON);
}

function highest({ edges, counts, count, p99 }: Distribution): number {
  let sum = 0;
  const bin = counts.findLastIndex((one) => {
    sum += one;
    return sum > count * TAIL;
  });
  return Math.max(edges[bin + 1] ?? 0, p99.estimate * 1.05);
}

function byNumber(one: number, other: number): number {
  return one - other;
}
