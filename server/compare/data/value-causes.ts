import type { Cause, FieldDifference } from '#server/compare/experiment.ts';
import type { Json } from '#server/kernel/json.ts';

/** A cause that the two values of a field allow, more specific ones first. */
const TESTS: { cause: Cause; holds(a: Json, b: Json): boolean }[] = [
  { cause: 'default_value', holds: (a, b) => (a === null && isDefault(b)) || (b === null && isDefault(a)) },
  { cause: 'missing_field', holds: (a, b) => a === null || b === null },
  { cause: 'sign', holds: (a, b) => both(a, b, (x, y) => x !== 0 && x === -y) },
  { cause: 'scale', holds: (a, b) => both(a, b, isScaled) },
  { cause: 'rounding', holds: (a, b) => both(a, b, (x, y) => isRounded(x, y) || isRounded(y, x)) },
  { cause: 'duplicates', holds: (a, b) => both(a, b, (x, y) => y === 2 * x || x === 2 * y) || repeats(a, b) },
  { cause: 'off_by_one', holds: (a, b) => both(a, b, (x, y) => Math.abs(x - y) === 1) },
  { cause: 'rounding', holds: (a, b) => times(a, b, (x, y) => isCut(x, y) || isCut(y, x)) },
  { cause: 'time_zone', holds: (a, b) => times(a, b, isZone) },
  {
    cause: 'rounding',
    holds: (a, b) => both(a, b, (x, y) => Math.abs(x - y) <= 0.005 * Math.max(Math.abs(x), Math.abs(y))),
  },
  { cause: 'text_form', holds: (a, b) => texts(a, b, (x, y) => plain(x) === plain(y)) },
  { cause: 'truncation', holds: (a, b) => texts(a, b, (x, y) => (x.startsWith(y) || y.startsWith(x)) && x !== y) },
];

/** Every cause that the values of a field allow; none where they say nothing. */
export function valueCauses({ a, b }: Pick<FieldDifference, 'a' | 'b'>): Cause[] {
  const causes = TESTS.filter((test) => test.holds(a, b)).map((test) => test.cause);
  return causes[0] === 'missing_field' || causes[0] === 'default_value' ? causes.slice(0, 1) : [...new Set(causes)];
}

/**
 * One cause for each of many values of one field: the cause that most of them allow, then that of most of the rest. One
 * value alone often allows several: 1 and 2 are twice as much and one more. Null where none is allowed.
 */
export function mostLikely(differences: readonly Pick<FieldDifference, 'a' | 'b'>[]): (Cause | null)[] {
  const allowed = differences.map(valueCauses);
  const result: (Cause | null)[] = allowed.map(() => null);
  const left = new Set(allowed.flatMap((causes, index) => (causes.length > 0 ? [index] : [])));
  while (left.size > 0) {
    const counts = new Map<Cause, number>();
    for (const index of left) for (const cause of allowed[index] ?? []) counts.set(cause, (counts.get(cause) ?? 0) + 1);
    const order = (cause: Cause) => TESTS.findIndex((test) => test.cause === cause);
    const [best] = [...counts].sort((x, y) => y[1] - x[1] || order(x[0]) - order(y[0]));
    if (best === undefined) break;
    for (const index of left) {
      if (!allowed[index]?.includes(best[0])) continue;
      result[index] = best[0];
      left.delete(index);
    }
  }
  return result;
}

function both(a: Json, b: Json, holds: (a: number, b: number) => boolean): boolean {
  return typeof a === 'number' && typeof b === 'number' && holds(a, b);
}

function texts(a: Json, b: Json, holds: (a: string, b: string) => boolean): boolean {
  return typeof a === 'string' && typeof b === 'string' && a !== '' && b !== '' && holds(a, b);
}

function times(a: Json, b: Json, holds: (a: number, b: number) => boolean): boolean {
  const pattern = /^\d{4}-\d\d-\d\d(T.+)?$/;
  if (typeof a !== 'string' || typeof b !== 'string' || !pattern.test(a) || !pattern.test(b)) return false;
  return holds(Date.parse(a), Date.parse(b));
}

const HOUR = 3_600_000;

/** Quarters of an hour up to 14 hours are offsets; a date that is a day off was cut in another zone. */
function isZone(a: number, b: number): boolean {
  const apart = Math.abs(a - b);
  return (
    apart > 0 && apart % (HOUR / 4) === 0 && (apart <= 14 * HOUR || (apart === 24 * HOUR && a % (24 * HOUR) === 0))
  );
}

/** A time that lost its seconds, minutes or hours. */
function isCut(a: number, b: number): boolean {
  return [1000, 60_000, HOUR, 24 * HOUR].some((unit) => b % unit === 0 && a % unit !== 0 && a - b > 0 && a - b < unit);
}

function isScaled(a: number, b: number): boolean {
  return a !== 0 && [10, 100, 1000, 1e6].some((factor) => near(a * factor, b) || near(b * factor, a));
}

/** `b` is `a` in units of ten, a hundred and so on (or of tenths where `a` has decimals). */
function isRounded(a: number, b: number): boolean {
  return [0.01, 0.1, 1, 10, 100, 1000, 1e4].some((unit) => {
    const whole = (value: number) => near(value / unit, Math.round(value / unit));
    return whole(b) && !whole(a) && Math.abs(a - b) < unit * 1.000_001;
  });
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function repeats(a: Json, b: Json): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length === b.length) return false;
  const distinct = (list: Json[]) => new Set(list.map((one) => JSON.stringify(one))).size;
  return distinct(a) === distinct(b);
}

function isDefault(value: Json): boolean {
  return value === 0 || value === '' || value === false || value === 'unknown' || value === 'none' || value === 'n/a';
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
