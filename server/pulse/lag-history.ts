import type { Database } from '#db/database.ts';
import type { LagPoint, ProjectionStatus, ProjectionVersion } from '#server/projections/status.ts';
import type { LagQuery } from './pulse.ts';

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

type Line = Omit<LagPoint, 'at'> & { name: string };

/**
 * Writes down where projections and the versions that are built beside them stand, once a second; another process that
 * does so in the same second adds nothing.
 */
export async function recordLag(database: Database, at: string, projections: readonly ProjectionStatus[]) {
  const lines: Line[] = projections.flatMap((one) => [
    one,
    ...one.versions.flatMap((version) => builtLine(one, version)),
  ]);
  await database.query(RECORD, [
    at,
    lines.map((one) => one.name),
    lines.map((one) => Math.round(one.lagEvents)),
    lines.map((one) => one.lagSeconds),
    lines.map((one) => one.arrivalRate),
    lines.map((one) => one.drainRate),
  ]);
}

function builtLine({ name, arrivalRate }: ProjectionStatus, built: ProjectionVersion): Line[] {
  const { version, state, lagEvents, lagSeconds, progress } = built;
  if (state !== 'building') return [];
  const drainRate = progress?.eventsPerSecond ?? 0;
  return [{ name: lineOf(name, version), lagEvents, lagSeconds, arrivalRate, drainRate }];
}

/** The name under which a version that is built has its own line; no projection's name has a blank. */
function lineOf(name: string, version: number | undefined): string {
  return version === undefined ? name : `${name} v${version}`;
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
 * The last `seconds` of a projection's lag, or of a version's that is built beside it, at most 300 points, oldest first; a point is the worst lag and the mean rates
 * of its stretch: a peak must not vanish.
 */
export function readLagHistory(database: Database, { name, version, seconds }: LagQuery): Promise<LagPoint[]> {
  const resolution = seconds <= SECOND_ROWS_FOR ? 1 : 60;
  const step = resolution * Math.ceil(seconds / (LAG_POINTS_MAX - 1) / resolution);
  return database.query<LagPoint>(READ, [lineOf(name, version), seconds, resolution, step]);
}
