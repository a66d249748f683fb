import type { Database, Query } from '#db/database.ts';
import type { PerformanceReport, Side } from '#server/compare/report.ts';
import { pairedChange } from '#server/compare/statistics/bootstrap.ts';
import { createSequence, fromLogs } from '#server/compare/statistics/confidence-sequence.ts';
import { distributionsOf } from '#server/compare/statistics/distribution.ts';
import { createRandom } from '#server/compare/statistics/random.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';

/** Events that are applied to both at most: some ten seconds of each. */
const EVENTS_MAX = 50_000;
const BATCHES = 100;
const BATCH_EVENTS_MIN = 10;
const BATCH_EVENTS_MAX = 1000;
const DEADLINE_MS = 60_000;

/** What the replay measured of a side. */
export type Replayed = {
  eventsPerSecond: number;
  rowsWritten: number;
  bytesWritten: number;
  tableBytes: number;
  indexBytes: number;
};

export type BatchFigures = { events: number; batches: number; a: Replayed; b: Replayed } & Pick<
  PerformanceReport,
  'batch' | 'course'
>;

type Options = {
  database: Database;
  eventStore: EventStore;
  codes: Record<Side, Projection>;
  range: { after: Position; upTo: Position };
  /** Part of the names of the schemas, and of the seed. */
  experimentId: string;
  seed: number;
  tell(done: number, total: number): Promise<void>;
};

/**
 * Applies the same batches to fresh tables of both codes, indexes included, each batch to one and then to the other in
 * an order drawn by the seed: what disturbs the machine for a while disturbs both. Each batch is a transaction with its
 * commit, as in the engine.
 */
export async function replayBatches(options: Options): Promise<BatchFigures> {
  const { database, codes, experimentId, seed, tell } = options;
  const schemas = {
    a: sandboxOf(database.schema, experimentId, 'a'),
    b: sandboxOf(database.schema, experimentId, 'b'),
  };
  const events = await readRange(options);
  const size = Math.min(BATCH_EVENTS_MAX, Math.max(BATCH_EVENTS_MIN, Math.ceil(events.length / BATCHES)));
  const batches = Array.from({ length: Math.ceil(events.length / size) }, (_, at) =>
    events.slice(at * size, (at + 1) * size),
  );
  const times = { a: [] as number[], b: [] as number[] };
  const sums = { a: { rows: 0, bytes: 0 }, b: { rows: 0, bytes: 0 } };
  const sequence = createSequence();
  const course: PerformanceReport['course'] = [];
  const random = createRandom(seed);
  try {
    for (const side of ['a', 'b'] as const) await makeTables(database, schemas[side], codes[side]);
    for (const [index, batch] of batches.entries()) {
      for (const side of random() < 0.5 ? (['a', 'b'] as const) : (['b', 'a'] as const)) {
        const { ms, rows, bytes } = await applyTimed(database, schemas[side], codes[side], batch);
        times[side].push(ms);
        sums[side].rows += rows;
        sums[side].bytes += bytes;
      }
      sequence.add(Math.log((times.b[index] ?? 1) / (times.a[index] ?? 1)));
      const interval = sequence.interval();
      if (interval !== undefined) course.push({ samples: index + 1, change: fromLogs(interval) });
      await tell(index + 1, batches.length);
    }
    const figures = async (side: Side): Promise<Replayed> => {
      const total = times[side].reduce((sum, ms) => sum + ms, 0);
      const { rows: rowsWritten, bytes: bytesWritten } = sums[side];
      return {
        eventsPerSecond: total === 0 ? 0 : (events.length * 1000) / total,
        rowsWritten,
        bytesWritten,
        ...(await bytesOf(database, schemas[side])),
      };
    };
    const change = times.a.length === 0 ? null : pairedChange(times.a, times.b, 'mean', seed);
    return {
      events: events.length,
      batches: batches.length,
      a: await figures('a'),
      b: await figures('b'),
      batch: change && { ...distributionsOf(times.a, times.b, 'ms', seed), change },
      course,
    };
  } finally {
    for (const schema of Object.values(schemas)) await database.query(`drop schema if exists "${schema}" cascade`);
  }
}

/** Its own for each experiment, so that two comparisons of one projection do not meet. */
function sandboxOf(store: string, experimentId: string, side: Side): string {
  return `${store}_compare_${experimentId.replaceAll('-', '_').slice(0, 16)}_${side}`;
}

async function readRange({ eventStore, codes, range }: Options): Promise<RecordedEvent[]> {
  const both = [codes.a.categories, codes.b.categories];
  const categories = both.every((one) => one !== undefined)
    ? [...new Set(both.flatMap((one) => one ?? []))]
    : undefined;
  const events: RecordedEvent[] = [];
  let after: Position | null = range.after;
  while (after !== null && events.length < EVENTS_MAX && comparePositions(after, range.upTo) < 0) {
    const page = await eventStore.readAll({ after, limit: 2000, ...(categories && { categories }) });
    events.push(...page.events.filter((event) => comparePositions(event.globalPosition, range.upTo) <= 0));
    after = page.nextAfter;
  }
  return events.slice(0, EVENTS_MAX);
}

async function makeTables(database: Database, schema: string, code: Projection): Promise<void> {
  await database.transaction(async (query) => {
    await query(`drop schema if exists "${schema}" cascade`);
    await query(`create schema "${schema}"`);
    await query(`select set_config('search_path', $1, true)`, [`"${schema}", "${database.schema}", public`]);
    for (const statement of [...(code.tables ?? []), ...(code.indexes ?? [])]) await query(statement);
  });
}

// Of the transaction, and of earlier ones of the connection that the statistics have not taken over yet: they do so once a
// second at most. What a batch wrote is therefore the difference.
const WRITTEN = `select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::float8 as rows
  from pg_stat_xact_user_tables where schemaname = $1`;

async function applyTimed(database: Database, schema: string, code: Projection, batch: readonly RecordedEvent[]) {
  let rows = 0;
  const before = await database.query<{ lsn: string }>('select pg_current_wal_insert_lsn() as lsn');
  const startedAt = performance.now();
  await database.transaction(
    async (query) => {
      await query(`select set_config('search_path', $1, true)`, [`"${schema}", "${database.schema}", public`]);
      const rowsBefore = await rowsWritten(query, schema);
      await code.apply(batch, query, { version: code.version, effects: false });
      rows = (await rowsWritten(query, schema)) - rowsBefore;
    },
    { deadlineMs: DEADLINE_MS },
  );
  const ms = performance.now() - startedAt;
  const [row] = await database.query<{ bytes: number }>(
    'select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::text::pg_lsn)::float8 as bytes',
    [before[0]?.lsn ?? '0/0'],
  );
  return { ms, rows, bytes: row?.bytes ?? 0 };
}

async function rowsWritten(query: Query, schema: string): Promise<number> {
  const [row] = await query<{ rows: number }>(WRITTEN, [schema]);
  return row?.rows ?? 0;
}

async function bytesOf(database: Database, schema: string): Promise<{ tableBytes: number; indexBytes: number }> {
  const [row] = await database.query<{ tableBytes: number; indexBytes: number }>(
    `select coalesce(sum(pg_table_size(oid)), 0)::float8 as "tableBytes", coalesce(sum(pg_indexes_size(oid)), 0)::float8 as "indexBytes"
     from pg_class where relnamespace = $1::regnamespace and relkind = 'r'`,
    [`"${schema}"`],
  );
  return row ?? { tableBytes: 0, indexBytes: 0 };
}
