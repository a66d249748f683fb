import type { Database } from '#db/database.ts';
import type { GuardRails } from '#server/compare/experiment.ts';
import type { Side } from '#server/compare/report.ts';

/** A read model that is read through two versions now. */
export type Split = {
  name: string;
  experimentId: string;
  a: number;
  b: number;
  percent: number;
  guardRails: GuardRails;
  since: string;
};

/** What one process measured of a side in one second. */
export type Window = { at: string; side: Side; reads: number; errors: number; logSum: number; histogram: number[] };

const SET = `
  insert into read_splits (name, experiment_id, a, b, percent, guard_rails) values ($1, $2, $3, $4, $5, $6::text::jsonb)
  on conflict (name) do update set percent = excluded.percent, guard_rails = excluded.guard_rails,
    a = excluded.a, b = excluded.b where read_splits.experiment_id = excluded.experiment_id
  returning 1`;

/** Splits of readers and what they measured, in the tables `read_splits` and `split_windows`. */
export function createSplitLog(database: Database) {
  return {
    all: () =>
      database.query<Split>(
        `select name, experiment_id as "experimentId", a, b, percent, guard_rails as "guardRails", since from read_splits`,
      ),
    /** False where another experiment splits this read model already. */
    async set({ name, experimentId, a, b, percent, guardRails }: Omit<Split, 'since'>): Promise<boolean> {
      const values = [name, experimentId, a, b, percent, JSON.stringify(guardRails)];
      return (await database.query(SET, values)).length > 0;
    },
    clear: (experimentId: string) => database.query('delete from read_splits where experiment_id = $1', [experimentId]),
    async measured(experimentId: string, process: string, windows: readonly Window[]): Promise<void> {
      await database.query(
        `insert into split_windows as s (experiment_id, at, side, process, reads, errors, log_sum, histogram)
         select $1, (w->>'at')::timestamptz, w->>'side', $2::uuid, (w->>'reads')::int, (w->>'errors')::int,
           (w->>'logSum')::float8, array(select x::int from jsonb_array_elements_text(w->'histogram') x)
         from jsonb_array_elements($3::text::jsonb) w
         -- A beat may end in the middle of a second, and the next one has the rest of it.
         on conflict (experiment_id, at, side, process) do update set reads = s.reads + excluded.reads,
           errors = s.errors + excluded.errors, log_sum = s.log_sum + excluded.log_sum,
           histogram = array(select x + y from unnest(s.histogram, excluded.histogram) with ordinality t (x, y, n) order by n)`,
        [experimentId, process, JSON.stringify(windows)],
      );
    },
    /** Of all processes, by second; the last `seconds`, or all of a day. */
    windows: (experimentId: string, seconds = 86_400) =>
      database.query<Window>(
        `select at, side, reads, errors, log_sum as "logSum", histogram from split_windows
         where experiment_id = $1 and at > clock_timestamp() - $2 * interval '1 second' order by at`,
        [experimentId, seconds],
      ),
    /** Seconds that a version is behind: the age of the first event that it has not handled. */
    async lagSeconds(name: string, version: number): Promise<number> {
      const [row] = await database.query<{ seconds: number }>(
        `select extract(epoch from clock_timestamp() - e.recorded_at)::float8 as seconds
         from projection_versions v join projections p on p.name = v.name
         cross join lateral (
           select recorded_at from events where global_position > v.checkpoint
             and (p.categories is null or split_part(stream_id, '-', 1) = any (p.categories))
           order by global_position limit 1) e
         where v.name = $1 and v.version = $2`,
        [name, version],
      );
      return row?.seconds ?? 0;
    },
  };
}

export type SplitLog = ReturnType<typeof createSplitLog>;
