import type { Database } from '#db/database.ts';
import type { LagPoint, ProjectionStatus } from '#server/projections/status.ts';

/** What stays readable in a chart; more only costs. */
export const LAG_POINTS_MAX = 300;

const SECOND_ROWS_FOR = 3600;

/** How far back the history reaches. */
export const LAG_HISTORY_SECONDS_MAX = 31 * 86_400;

const RECORD = `
  insert into lag_history (name, resolution, at, lag_events, lag_seconds, arrival_rate, drain_rate)
  select name, 1, date_trunc('second', $1::timestamptz), lag_events, lag_seconds, arrival_rate, drain_rate
  from unnest($2::text[], $3::bigint[], $4::float8[], $5::float8[], $6::float8[])
    as n (name, lag_events, lag_seconds, arrival_rate, drain_rate)
  on conflict do nothing`;

/** Writes down where projections stand, once a second; another process that does so in the same second adds nothing. */
export async function recordLag(database: Database, at: string, projections: readonly ProjectionStatus[]) {
  await database.query(RECORD, [
    at,
    projections.map((one) => one.name),
    projections.map((one) => Math.round(one.lagEvents)),
    projections.map((one) => one.lagSeconds),
    projections.map((one) => one.arrivalRate),
    projections.map((one) => one.drainRate),
  ]);
}

// Minutes that are over, from the last one kept on: a process that was away for an hour makes up for it.
const ROLL_UP = `
  insert into lag_history (name, resolution, at, lag_events, lag_seconds, arrival_rate, drain_rate)
  select name, 60, date_trunc('minute', at), max(lag_events), max(lag_seconds), avg(arrival_rate), avg(drain_rate)
  from lag_history where resolution = 1 and at < date_trunc('minute', $1::timestamptz)
  group by name, date_trunc('minute', at)
  on conflict do nothing`;

const FORGET = `
  delete from lag_history
  where (resolution = 1 and at < $1::timestamptz - make_interval(secs => $2))
     or (resolution = 60 and at < $1::timestamptz - make_interval(secs => $3))`;

/** Makes minutes of the seconds that are over, then forgets what is too old; once a minute. */
export async function rollUpLag(database: Database, at: string): Promise<void> {
  await database.query(ROLL_UP, [at]);
  await database.query(FORGET, [at, SECOND_ROWS_FOR, LAG_HISTORY_SECONDS_MAX]);
}

const READ = `
  select max(at) as at, max(lag_events)::float8 as "lagEvents", max(lag_seconds) as "lagSeconds",
    avg(arrival_rate) as "arrivalRate", avg(drain_rate) as "drainRate"
  from lag_history
  where name = $1 and at > now() - make_interval(secs => $2)
    and (resolution = $3 or (resolution = 1 and at >= date_trunc('minute', now())))
  group by date_bin(make_interval(secs => $4), at, '2020-01-01Z') order by 1`;

/**
 * The last `seconds` of a projection's lag, at most 300 points, oldest first; a point is the worst lag and the mean rates
 * of its stretch: a peak must not vanish.
 */
export function readLagHistory(database: Database, name: string, seconds: number): Promise<LagPoint[]> {
  const resolution = seconds <= SECOND_ROWS_FOR ? 1 : 60;
  const step = resolution * Math.ceil(seconds / (LAG_POINTS_MAX - 1) / resolution);
  return database.query<LagPoint>(READ, [name, seconds, resolution, step]);
}
