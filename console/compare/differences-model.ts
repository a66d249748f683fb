import { formatCount } from '#console/format.ts';
import type { RowDifference } from '#server/compare/experiment.ts';
import type { CauseGroup, DataReport } from '#server/compare/report.ts';
import type { Json } from '#server/kernel/json.ts';

/** What a stretch of the bar stands for. */
export type StretchKind = 'equal' | 'wrong_b' | 'wrong_a' | 'unexplained' | 'explained';
export type Stretch = { kind: StretchKind; rows: number; share: number };

/** `scale`: how many times wider differences are drawn than they are; 1 where the bar is true. */
export type EqualBar = { stretches: Stretch[]; scale: number };

const TIMESTAMP = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d\S*)$/;

/** Below this share of the bar differences could not be seen. */
const SEEN = 0.04;

/** All rows as one bar: equal ones, then those that differ by who is wrong. A few in a million are drawn wider, by a power of ten. */
export function equalBar(data: DataReport): EqualBar {
  const counts: Record<Exclude<StretchKind, 'equal'>, number> = {
    wrong_b: 0,
    wrong_a: 0,
    unexplained: 0,
    explained: 0,
  };
  for (const group of data.causes) counts[stretchOf(group)] += group.rows;
  const different = Object.values(counts).reduce((sum, rows) => sum + rows, 0);
  const total = Math.max(1, data.equal + different);
  let scale = 1;
  while (different > 0 && (different / total) * scale < SEEN) scale *= 10;
  const parts = (Object.entries(counts) as [StretchKind, number][]).filter(([, rows]) => rows > 0);
  const wide = parts.map(([kind, rows]) => ({ kind, rows, share: (rows / total) * scale }));
  const rest = 1 - wide.reduce((sum, { share }) => sum + share, 0);
  const equal: Stretch = { kind: 'equal', rows: data.equal, share: Math.max(0, rest) };
  return { stretches: data.equal === 0 ? wide : [equal, ...wide], scale };
}

/** Causes with the length of their bar, as a share of the longest: unexplained ones first, each by its rows. */
export function causeBars(causes: readonly CauseGroup[]): { group: CauseGroup; index: number; length: number }[] {
  const most = Math.max(1, ...causes.map(({ rows }) => rows));
  return causes
    .map((group, index) => ({ group, index, length: group.rows / most }))
    .sort(
      (one, other) =>
        Number(one.group.explainedBy !== null) - Number(other.group.explainedBy !== null) ||
        other.group.rows - one.group.rows ||
        one.index - other.index,
    );
}

function stretchOf({ explainedBy, wrong }: CauseGroup): Exclude<StretchKind, 'equal'> {
  if (explainedBy !== null) return 'explained';
  return wrong === 'b' ? 'wrong_b' : wrong === 'a' ? 'wrong_a' : 'unexplained';
}

export type RowCell = { column: string; a: string | null; b: string | null; differs: boolean };

/** Both rows column by column, the one that holds the key first; null where that side has no such row. */
export function rowCells({ key, a, b, fields }: Pick<RowDifference, 'key' | 'a' | 'b' | 'fields'>): RowCell[] {
  const different = new Set(fields.map(({ field }) => field));
  const isKey = (column: string) => (a ?? b)?.[column] === key;
  const all = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  const columns = all.toSorted((one, other) => Number(isKey(other)) - Number(isKey(one)));
  return columns.map((column) => ({
    column,
    a: a === null ? null : cellText(a[column]),
    b: b === null ? null : cellText(b[column]),
    differs: a === null || b === null || different.has(column),
  }));
}

/** A value as a table shows it: digits grouped, nothing as NULL, a column that is not there as a dash. */
export function cellText(value: Json | undefined): string {
  if (value === undefined) return '–';
  if (value === null) return 'NULL';
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  // A time may break between day and clock, nowhere else.
  return value.replace(TIMESTAMP, '$1 $2');
}
