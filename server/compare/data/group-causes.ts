import type { Cause, Rule } from '#server/compare/experiment.ts';
import type { CauseGroup, Parting } from '#server/compare/report.ts';
import type { Difference } from './read-differences.ts';
import { mostLikely } from './value-causes.ts';

/** Rows of one such group are replayed until the cause is clear. */
const SAMPLES = 12;

export type Judged = { cause: Cause; explanation: string; wrong: 'a' | 'b' | null; parting: Parting | null };

/** Differences in the same fields of the same table, whose values allow the same cause. */
export type Alike = { byValue: Cause | null; rows: Difference[] };

/** Divides differences so that those of one cause are together; which cause it is only a replay tells. */
export function alike(differences: readonly Difference[]): Alike[] {
  const byFields = groupBy(differences, (one) =>
    [one.table, one.kind, ...one.fields.map((field) => field.field)].join('\n'),
  );
  return [...byFields.values()].flatMap((rows) => {
    const likely = mostLikely(rows.map((row) => row.fields[0] ?? { a: null, b: null }));
    const usable = (index: number) => ((rows[index]?.fields.length ?? 0) > 0 ? (likely[index] ?? null) : null);
    const byCause = groupBy(
      rows.map((row, index) => ({ row, cause: usable(index) })),
      (one) => `${one.cause}`,
    );
    return [...byCause.values()].map((part) => ({ byValue: part[0]?.cause ?? null, rows: part.map((one) => one.row) }));
  });
}

/** The rows of a group that are replayed: evenly over its keys. */
export function sampled({ rows }: Alike): Difference[] {
  if (rows.length <= SAMPLES) return rows;
  return Array.from({ length: SAMPLES }, (_, index) => rows[Math.floor((index * rows.length) / SAMPLES)]).flatMap(
    (row) => row ?? [],
  );
}

/**
 * Causes with their rows, the largest first. A row that was replayed has the cause that was found, every other one that
 * of most samples of its group.
 */
export function toGroups(
  parts: readonly Alike[],
  judged: ReadonlyMap<Difference, Judged>,
  rules: readonly Rule[],
): { groups: CauseGroup[]; causeOf: Map<Difference, number> } {
  const made = new Map<string, { group: CauseGroup; rows: Difference[] }>();
  for (const part of parts) {
    const usual = mostCommon(part.rows.flatMap((row) => judged.get(row) ?? []));
    for (const row of part.rows) {
      const found = judged.get(row) ?? usual;
      const fields = row.fields.map((one) => one.field);
      const cause = found?.cause ?? part.byValue ?? 'other';
      const id = [cause, row.table, row.kind, ...fields].join('\n');
      const entry = made.get(id) ?? { group: emptyGroup(cause, row, fields, rules), rows: [] };
      entry.rows.push(row);
      entry.group.rows += 1;
      const own = judged.get(row);
      if (entry.group.explanation === '' && found !== undefined) entry.group.explanation = found.explanation;
      entry.group.wrong ??= own?.wrong ?? null;
      const position = (parting: Parting | null | undefined) =>
        Number(parting?.globalPosition ?? Number.POSITIVE_INFINITY);
      if (own?.parting && position(own.parting) < position(entry.group.parting)) {
        entry.group.parting = { ...own.parting, key: row.key };
        entry.group.explanation = own.explanation;
      }
      made.set(id, entry);
    }
  }
  const sorted = [...made.values()].sort((a, b) => b.group.rows - a.group.rows);
  return {
    groups: sorted.map((entry) => entry.group),
    causeOf: new Map(sorted.flatMap(({ rows }, index) => rows.map((row) => [row, index] as const))),
  };
}

function emptyGroup(cause: Cause, row: Difference, fields: string[], rules: readonly Rule[]): CauseGroup {
  const rule = rules.findIndex(
    (one) =>
      one.kind === 'accepted' && one.cause === cause && (one.column === undefined || fields.includes(one.column)),
  );
  return {
    cause,
    table: row.table,
    kind: row.kind,
    fields,
    rows: 0,
    explanation: '',
    wrong: null,
    parting: null,
    explainedBy: rule < 0 ? null : rule,
  };
}

function mostCommon(found: readonly Judged[]): Judged | undefined {
  const byCause = groupBy(found, (one) => one.cause);
  return [...byCause.values()].sort((a, b) => b.length - a.length)[0]?.[0];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
