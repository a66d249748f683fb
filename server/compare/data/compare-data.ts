import type { Query } from '#db/database.ts';
import type { RowDifference, Rule } from '#server/compare/experiment.ts';
import type { DataReport } from '#server/compare/report.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Inspected } from '#server/projections/engine/inspected.ts';
import { schemaOf } from '#server/projections/engine/version-schema.ts';
import { type ComparedTable, comparedTables } from './columns.ts';
import { alike, type Judged, sampled, toGroups } from './group-causes.ts';
import { hashBuckets } from './hash-buckets.ts';
import { openJudge } from './judge-rows.ts';
import { type Difference, LOOKED_AT_MAX, readDifferences } from './read-differences.ts';

/** Rows that are kept for the page, and of each cause in the report itself. */
const KEPT_MAX = 20_000;
const SAMPLES_OF_CAUSE = 20;

export type Tell = (step: 'hashes' | 'rows' | 'causes', done: number, total: number, message: string) => Promise<void>;

export type ComparedData = { report: DataReport; rows: RowDifference[] };

/**
 * Compares what two versions have stored, on the caller's snapshot: digests by ranges of keys, then the rows of those
 * ranges alone that differ, then why. `inFlight` are keys that only one of them has the last events of.
 */
export async function compareData(
  query: Query,
  options: {
    store: string;
    upcast: EventStore['upcast'];
    a: Inspected;
    b: Inspected;
    rules: readonly Rule[];
    position: Position;
    inFlight: ReadonlySet<string>;
    tell: Tell;
  },
): Promise<ComparedData> {
  const { store, a, b, rules, position, inFlight, tell } = options;
  const startedAt = performance.now();
  const schemas = { a: schemaOf(store, a.name, a.version), b: schemaOf(store, b.name, b.version) };
  const { tables, columns } = await comparedTables(query, schemas, rules);
  const sums = { rowsA: 0, rowsB: 0, buckets: 0, bucketsDifferent: 0, rowsRead: 0 };
  const differences: Difference[] = [];
  let notLookedAt = 0;
  let hashingMs = 0;
  for (const compared of tables) {
    const hashed = await hashBuckets(query, compared, {
      onStep: (rows, total) => tell('hashes', rows, total, `${rows} of ${total} rows hashed`),
    });
    hashingMs = performance.now() - startedAt;
    sums.rowsA += hashed.rowsA;
    sums.rowsB += hashed.rowsB;
    sums.buckets += hashed.buckets;
    sums.bucketsDifferent += hashed.different.length;
    for (const [index, bucket] of hashed.different.entries()) {
      if (differences.length >= LOOKED_AT_MAX) {
        notLookedAt += bucket.rows / 2;
        continue;
      }
      sums.rowsRead += bucket.rows;
      differences.push(...(await readDifferences(query, compared, bucket, rules)));
      if (index % 16 === 0) await tell('rows', index, hashed.different.length, `${differences.length} rows differ`);
    }
  }
  const judgedRows = differences.filter((one) => !inFlight.has(one.key));
  const expected = judgedRows.filter((one) => one.kind === 'changed' && one.fields.length === 0);
  const open = judgedRows.filter((one) => one.kind !== 'changed' || one.fields.length > 0);
  const parts = alike(open);
  const judged = await judge(query, { ...options, parts });
  const { groups, causeOf } = toGroups(parts, judged, rules);
  if (notLookedAt > 0) groups.push(uncounted(tables[0], Math.round(notLookedAt)));
  const rows = open.slice(0, KEPT_MAX).map((difference): RowDifference => {
    const { tolerated: _, ...row } = difference;
    return { ...row, cause: causeOf.get(difference) ?? 0 };
  });
  const count = (kind: Difference['kind']) => open.filter((one) => one.kind === kind).length;
  const [onlyA, onlyB, changed] = [count('only_a'), count('only_b'), count('changed') + Math.round(notLookedAt)];
  const report: DataReport = {
    position,
    rowsA: sums.rowsA,
    rowsB: sums.rowsB,
    equal: Math.max(0, sums.rowsA - onlyA - changed - expected.length - (differences.length - judgedRows.length)),
    onlyA,
    onlyB,
    changed,
    unexplained: groups.filter((one) => one.explainedBy === null).reduce((sum, one) => sum + one.rows, 0),
    inFlight: inFlight.size,
    columns,
    hashing: {
      buckets: sums.buckets,
      bucketsDifferent: sums.bucketsDifferent,
      rowsRead: sums.rowsRead,
      tookMs: hashingMs,
    },
    causes: groups,
    samples: groups.flatMap((_, cause) => rows.filter((row) => row.cause === cause).slice(0, SAMPLES_OF_CAUSE)),
    rules: rules.map((rule, index) => ({ rule, ...effectOf(index, { rule, judgedRows, groups, columns, sums }) })),
  };
  return { report, rows };
}

async function judge(
  query: Query,
  options: {
    store: string;
    upcast: EventStore['upcast'];
    a: Inspected;
    b: Inspected;
    rules: readonly Rule[];
    position: Position;
    parts: ReturnType<typeof alike>;
    tell: Tell;
  },
): Promise<Map<Difference, Judged>> {
  const { parts, tell } = options;
  const judged = new Map<Difference, Judged>();
  const samples = parts.flatMap((part) => sampled(part).map((row) => ({ row, likely: part.byValue })));
  if (samples.length === 0) return judged;
  const opened = await openJudge({ ...options, query, keys: [...new Set(samples.map((one) => one.row.key))] });
  if (opened === undefined) return judged;
  const tables = new Set([options.a.projection?.rows?.table]);
  for (const [index, { row, likely }] of samples.entries()) {
    if (tables.has(row.table)) judged.set(row, await opened(row, likely));
    await tell('causes', index + 1, samples.length, `${index + 1} of ${samples.length} rows replayed`);
  }
  return judged;
}

function effectOf(
  index: number,
  given: {
    rule: Rule;
    judgedRows: readonly Difference[];
    groups: DataReport['causes'];
    columns: DataReport['columns'];
    sums: { rowsA: number; rowsB: number };
  },
): { rows: number; fields: number } {
  const { rule, judgedRows, groups, columns, sums } = given;
  if (rule.kind === 'tolerance') {
    const touched = judgedRows.filter((row) => row.tolerated.some((one) => one.rule === index));
    return {
      rows: touched.length,
      fields: touched.reduce((sum, row) => sum + row.tolerated.filter((one) => one.rule === index).length, 0),
    };
  }
  if (rule.kind === 'accepted') {
    const mine = groups.filter((group) => group.explainedBy === index);
    return {
      rows: mine.reduce((sum, group) => sum + group.rows, 0),
      fields: mine.reduce((sum, group) => sum + group.rows * group.fields.length, 0),
    };
  }
  const found = columns.filter((column) => column.explainedBy === index).length;
  const rows = found === 0 ? 0 : rule.kind === 'removed' ? sums.rowsA : sums.rowsB;
  return { rows, fields: rows * found };
}

function uncounted(compared: ComparedTable | undefined, rows: number): DataReport['causes'][number] {
  return {
    cause: 'other',
    table: compared?.table ?? '',
    kind: 'changed',
    fields: [],
    rows,
    explanation: `past ${LOOKED_AT_MAX} differing rows the rest is counted by its ranges and not looked at one by one`,
    wrong: null,
    parting: null,
    explainedBy: null,
  };
}
