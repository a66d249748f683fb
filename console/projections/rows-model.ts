import { formatCount } from '#console/format.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { AsOf } from '#server/projections/inspection.ts';

/** A value of a cell as text; what is longer than a cell is cut by it, and stands whole in its title. */
export function cellText(value: Json | undefined): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** As a cell shows it: a time as the person reads times, anything else as it is. */
export function cellShown(value: Json | undefined, formatAt: (at: string) => string): string {
  return typeof value === 'string' && TIME.test(value) ? formatAt(value) : cellText(value);
}

/** A row of two versions of a read model, by key; null where one has none. */
export type RowPair = { key: string; past: JsonObject | null; present: JsonObject | null };

/**
 * Rows of two pages beside each other, in the order of their keys. A page that ends before the other says nothing of
 * the keys past its end, so the pairs stop where the shorter one does.
 */
export function pairRows(
  key: string,
  past: { rows: readonly JsonObject[]; more: boolean },
  present: { rows: readonly JsonObject[]; more: boolean },
): RowPair[] {
  const keyOf = (row: JsonObject) => cellText(row[key]);
  const byKey = (rows: readonly JsonObject[]) => new Map(rows.map((row) => [keyOf(row), row]));
  const thenRows = byKey(past.rows);
  const nowRows = byKey(present.rows);
  const ends = [past, present].flatMap(({ rows, more }) => (more ? rows.slice(-1).map(keyOf) : []));
  const [end = null] = ends.sort();
  return [...new Set([...thenRows.keys(), ...nowRows.keys()])]
    .filter((one) => end === null || one <= end)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((one) => ({ key: one, past: thenRows.get(one) ?? null, present: nowRows.get(one) ?? null }));
}

/** The columns in which the rows of a pair are not equal; all of them where one is not there. */
export function changedColumns({ past, present }: RowPair, columns: readonly string[]): Set<string> {
  return new Set(
    columns.filter((column) => JSON.stringify(past?.[column] ?? null) !== JSON.stringify(present?.[column] ?? null)),
  );
}

/** What a read model as of a moment is of, in words; `formatAt` writes the time in the person's zone. */
export function momentOf({ at, position }: Pick<AsOf, 'at' | 'position'>, formatAt: (at: string) => string): string {
  return at === null ? `As of position ${formatCount(position)}` : `As of ${formatAt(at)}`;
}
