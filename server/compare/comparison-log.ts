import type { Database } from '#db/database.ts';
import type { Json } from '#server/kernel/json.ts';
import type { Progress, RowDifference, Step } from './experiment.ts';
import type { Report } from './report.ts';

/** A comparison that this process does. */
export type Claimed = { experimentId: string; run: number; epoch: string; parts: Record<string, Json> };

/** Somebody else does it, it was cancelled, or it is gone: whoever gets this stops. */
export class SteppedBack extends Error {}

/** A worker that tells nothing for so long has lost its comparison. */
const LEASE_SECONDS = 20;
const ROWS_A_STATEMENT = 1000;

const REQUEST = `
  insert into comparisons as c (experiment_id, run, state, message) values ($1, $2, 'waiting', 'waits for a worker')
  on conflict (experiment_id) do update set run = excluded.run, state = 'waiting', step = null, done = 0, total = null,
    message = excluded.message, epoch = c.epoch + 1, leased_until = null, started_at = null,
    updated_at = clock_timestamp(), parts = '{}'
  where c.run < excluded.run`;

const CLAIM = `
  update comparisons c set state = 'running', epoch = epoch + 1, leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds',
    started_at = coalesce(started_at, clock_timestamp()), updated_at = clock_timestamp()
  where experiment_id = (
    select experiment_id from comparisons
    where (state = 'waiting' or (state = 'running' and leased_until < clock_timestamp())) and ($1::text is null or experiment_id = $1)
    order by updated_at limit 1 for update skip locked)
  returning experiment_id as "experimentId", run, epoch, parts`;

const TELL = `
  update comparisons set step = $3, done = $4, total = $5, message = $6, updated_at = clock_timestamp(),
    leased_until = clock_timestamp() + interval '${LEASE_SECONDS} seconds'
  where experiment_id = $1 and epoch = $2 and state = 'running' returning 1`;

const KEEP = `update comparisons set parts = parts || jsonb_build_object($3::text, $4::text::jsonb)
  where experiment_id = $1 and epoch = $2 and state = 'running' returning 1`;

const END = `
  update comparisons set state = $3, message = $4, report = coalesce($5::text::jsonb, report), parts = '{}',
    leased_until = null, updated_at = clock_timestamp()
  where experiment_id = $1 and epoch = $2 and state = 'running' returning 1`;

const CANCEL = `update comparisons set state = 'cancelled', message = 'cancelled', parts = '{}', epoch = epoch + 1,
  leased_until = null, updated_at = clock_timestamp() where experiment_id = $1 and state in ('waiting', 'running')`;

// A kept report counts at once: the experiment is concluded before the comparison ends.
const READ = `select state, step, done::float8 as done, total::float8 as total, message, started_at as "startedAt",
  updated_at as "updatedAt", coalesce(parts->'report', report) as report from comparisons where experiment_id = $1`;

/** Where comparisons stand, in the table `comparisons`. */
export function createComparisonLog(database: Database) {
  const must = (rows: readonly object[]) => {
    if (rows.length === 0) throw new SteppedBack('the comparison was cancelled or taken over');
  };
  return {
    /** Asks for a run; the same run again changes nothing. */
    request: (id: string, run: number) => database.query(REQUEST, [id, run]),
    /** Takes a comparison that waits, or one whose worker is gone; the one named where an id is given. */
    async claim(id?: string): Promise<Claimed | undefined> {
      const [claimed] = await database.query<Claimed>(CLAIM, [id ?? null]);
      return claimed;
    },
    /** Says how far it is and renews the lease; throws `SteppedBack`. */
    async tell({ experimentId, epoch }: Claimed, step: Step, done: number, total: number | null, message: string) {
      must(await database.query(TELL, [experimentId, epoch, step, Math.round(done), total, message]));
    },
    /** Keeps a part that is done, for whoever goes on. */
    async keep({ experimentId, epoch }: Claimed, name: string, part: object) {
      must(await database.query(KEEP, [experimentId, epoch, name, JSON.stringify(part)]));
    },
    async replaceRows({ experimentId }: Claimed, rows: readonly RowDifference[]) {
      await database.query('delete from comparison_rows where experiment_id = $1', [experimentId]);
      for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
        const page = rows.slice(at, at + ROWS_A_STATEMENT);
        await database.query(
          `insert into comparison_rows (experiment_id, cause, difference)
           select $1, (d->>'cause')::int, d from jsonb_array_elements($2::text::jsonb) with ordinality r (d, n) order by n`,
          [experimentId, JSON.stringify(page)],
        );
      }
    },
    async end(
      { experimentId, epoch }: Claimed,
      state: 'done' | 'failed' | 'cancelled',
      message: string,
      report: Report | null,
    ) {
      must(await database.query(END, [experimentId, epoch, state, message, report && JSON.stringify(report)]));
    },
    cancel: (id: string) => database.query(CANCEL, [id]),
    async read(id: string): Promise<{ progress: Progress; report: Report | null }> {
      const [row] = await database.query<Progress & { report: Report | null }>(READ, [id]);
      if (row === undefined) {
        const progress = {
          state: 'waiting',
          step: null,
          done: 0,
          total: null,
          message: 'not started',
          startedAt: null,
          updatedAt: null,
        } as const;
        return { progress, report: null };
      }
      const { report, ...progress } = row;
      return { progress, report };
    },
    async row(id: string, key: string): Promise<RowDifference | undefined> {
      const statement = `select difference from comparison_rows where experiment_id = $1 and difference->>'key' = $2 limit 1`;
      const [row] = await database.query<{ difference: RowDifference }>(statement, [id, key]);
      return row?.difference;
    },
    async rows(id: string, { cause, after, limit }: { cause: number | undefined; after: string; limit: number }) {
      const rows = await database.query<{ at: string; difference: RowDifference }>(
        `select id as at, difference from comparison_rows
         where experiment_id = $1 and ($2::int is null or cause = $2) and id > $3 order by id limit $4`,
        [id, cause ?? null, after, limit + 1],
      );
      const shown = rows.slice(0, limit);
      return {
        rows: shown.map((row) => row.difference),
        nextAfter: rows.length > limit ? (shown.at(-1)?.at ?? null) : null,
      };
    },
  };
}

export type ComparisonLog = ReturnType<typeof createComparisonLog>;
