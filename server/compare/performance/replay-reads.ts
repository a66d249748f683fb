import type { Database } from '#db/database.ts';
import type { PerformanceReport, Side } from '#server/compare/report.ts';
import { pairedChange } from '#server/compare/statistics/bootstrap.ts';
import { distributionsOf } from '#server/compare/statistics/distribution.ts';
import { createRandom } from '#server/compare/statistics/random.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { schemaOf, searchPathOf } from '#server/projections/engine/version-schema.ts';

/** How a read model is read: one statement with unqualified names, and its parameters for a request. */
export type Reader = { statement: string; parameters(request: JsonObject): unknown[] };

const REQUESTS_MAX = 500;
const PAIRS_MIN = 400;

/** It samples 30,000 rows a table, however many there are. */
const ANALYZE_MS_MAX = 60_000;

type Options = {
  database: Database;
  reader: Reader;
  name: string;
  versions: Record<Side, number>;
  seed: number;
  tell(done: number, total: number): Promise<void>;
};

/** What readers asked in the last day, spread evenly over it, replayed against both versions; null where nobody asked. */
export async function replayReads(options: Options): Promise<PerformanceReport['reads']> {
  const { database, name, seed, tell } = options;
  const requests = await database.query<{ request: JsonObject }>(
    `select request from (
       select request, id, ntile(${REQUESTS_MAX}) over (order by id) as part from read_requests
       where name = $1 and at > clock_timestamp() - interval '1 day') t
     where id in (select min(id) from (
       select id, ntile(${REQUESTS_MAX}) over (order by id) as part from read_requests
       where name = $1 and at > clock_timestamp() - interval '1 day') u group by part) order by id`,
    [name],
  );
  if (requests.length === 0) return null;
  for (const version of Object.values(options.versions))
    await analyze(database, schemaOf(database.schema, name, version));
  const passes = Math.max(1, Math.ceil(PAIRS_MIN / requests.length));
  const random = createRandom(seed);
  const times = { a: [] as number[], b: [] as number[] };
  const errors = { a: 0, b: 0 };
  let different = 0;
  // One pass that is not measured: both begin with what they read in memory.
  for (let pass = 0; pass <= passes; pass += 1) {
    for (const [index, { request }] of requests.entries()) {
      const answers: Partial<Record<Side, Answer>> = {};
      for (const side of random() < 0.5 ? (['a', 'b'] as const) : (['b', 'a'] as const)) {
        answers[side] = await ask(options, side, request);
      }
      const { a, b } = answers;
      if (a === undefined || b === undefined) continue;
      if (pass === 0) {
        if (a.rows === null) errors.a += 1;
        if (b.rows === null) errors.b += 1;
        if (a.rows !== b.rows) different += 1;
      } else if (a.rows !== null && b.rows !== null) {
        times.a.push(a.ms);
        times.b.push(b.ms);
      }
      if (index % 50 === 0) await tell(pass * requests.length + index, (passes + 1) * requests.length);
    }
  }
  const change = (statistic: number) => pairedChange(times.a, times.b, statistic, seed);
  return {
    requests: requests.length,
    ...distributionsOf(times.a, times.b, 'ms', seed),
    change: { p50: change(0.5), p95: change(0.95), p99: change(0.99) },
    errorsA: errors.a,
    errorsB: errors.b,
    different,
  };
}

/**
 * Statistics of its tables, as the one that serves has had them for long: a version built a moment ago has none, and
 * Postgres leaves its indexes aside. By this alone an index made reads 2.4 times as fast, or none.
 */
async function analyze(database: Database, schema: string): Promise<void> {
  const tables = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1`,
    [schema],
  );
  for (const { name } of tables) await database.query(`analyze ${name}`, [], { deadlineMs: ANALYZE_MS_MAX });
}

/** Rows as JSON, which tells whether two are equal; null where the read fails. */
type Answer = { ms: number; rows: string | null };

async function ask({ database, reader, name, versions }: Options, side: Side, request: JsonObject): Promise<Answer> {
  let ms = 0;
  try {
    const rows = await database.transaction(async (query) => {
      await query(`select set_config('search_path', $1, true)`, [searchPathOf(database.schema, name, versions[side])]);
      const startedAt = performance.now();
      const found = await query(reader.statement, reader.parameters(request));
      ms = performance.now() - startedAt;
      return found;
    });
    return { ms, rows: JSON.stringify(rows) };
  } catch {
    return { ms, rows: null };
  }
}
