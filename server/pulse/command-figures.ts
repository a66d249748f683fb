import type { Database } from '#db/database.ts';
import type { StepTiming } from './pulse.ts';

/** The commands of the last minute, in figures. */
export type CommandFigures = {
  /** These three of the last 15 s. */
  accepted: number;
  refused: number;
  callers: number;
  p95Ms: number | null;
  refusedP50Ms: number | null;
  acceptedLastMinute: number;
  acknowledgedP50Ms: number | null;
  acknowledgedP95Ms: number | null;
  /** Whether the p95 is a bound: some that count in it took longer than is known. */
  acknowledgedAtLeast: boolean;
  /** Of the accepted among the newest 1,000 of the last hour: those that a projection with acknowledgements has not passed yet. */
  pending: number;
  /** Age of the oldest of these; null without any. */
  oldestPendingSeconds: number | null;
  /** Share of the newest accepted ones of the last 15 s that are pending; 0 without any. */
  pendingShare: number;
  steps: StepTiming[];
  conflictRetriesLastHour: number;
};

/** At a thousand commands a second a minute has too many to look at each second: the newest stand for it. */
const RECENT_MAX = 1000;

/** Receipts, which stand compressed beside their rows and cost a hundred times as much to look into. */
const RECEIPTS_MAX = 200;

/** A bound below it tells nothing: the caller did not wait, or the command is still under way as usual. */
const BOUND_MS_MIN = 100;

const FIGURES = `
  with newest as materialized (
    select command_id, received_at, outcome, actor, duration_ms, global_position, conflict_retries from commands
    where received_at > now() - interval '1 hour' order by received_at desc, command_id desc limit ${RECENT_MAX}
  ), recent as (
    select * from newest where received_at > now() - interval '1 minute'
  ), receipts as materialized (
    select c.outcome, c.receipt, c.received_at, c.global_position from commands c
    where c.command_id = any (array(select command_id from recent order by received_at desc, command_id desc limit ${RECEIPTS_MAX}))
  ), mark as (
    select min(checkpoint) as acknowledged_to from checkpoints where acknowledges
  ), waiting as (
    -- A receipt tells what was pending when it was given; the checkpoints tell what still is.
    select received_at, coalesce(global_position > acknowledged_to, false) as pending
    from newest, mark where outcome = 'accepted'
  ), told as (
    -- Of what was not acknowledged before the receipt was given only a bound is known: its age, or how long the caller waited.
    select t.ms is null as bound, coalesce(t.ms, case when global_position > acknowledged_to then extract(epoch from now() - received_at) * 1000
      else (select (s->>'durationMs')::float8 from jsonb_array_elements(receipt->'steps') s where s->>'step' = 'project') end)::float8 as ms
    from receipts cross join mark cross join lateral (
      select case when bool_and(p->>'state' = 'applied') then max((p->>'durationMs')::float8) end as ms from jsonb_array_elements(receipt->'projections') p
    ) t where outcome = 'accepted'
  ), acknowledged as (
    select bound, ms from told where not bound or ms >= ${BOUND_MS_MIN}
  ), percentiles as (
    select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95 from acknowledged
  )
  select
    (select count(*) from commands where outcome <> 'rejected' and received_at > now() - interval '15 seconds')::float8 as accepted,
    (select count(*) from commands where outcome = 'rejected' and received_at > now() - interval '15 seconds')::float8 as refused,
    (select count(distinct actor) from recent where received_at > now() - interval '15 seconds')::float8 as callers,
    (select count(*) from recent where outcome = 'accepted')::float8 as "acceptedLastMinute",
    (select percentile_cont(0.95) within group (order by duration_ms) from recent) as "p95Ms",
    (select percentile_cont(0.5) within group (order by duration_ms) from recent where outcome = 'rejected') as "refusedP50Ms",
    (select p50 from percentiles) as "acknowledgedP50Ms",
    (select p95 from percentiles) as "acknowledgedP95Ms",
    exists (select 1 from acknowledged, percentiles where bound and ms <= p95) as "acknowledgedAtLeast",
    (select count(*) from waiting where pending)::float8 as pending,
    (select extract(epoch from now() - min(received_at)) from waiting where pending)::float8 as "oldestPendingSeconds",
    (select coalesce(avg(pending::int), 0) from waiting where received_at > now() - interval '15 seconds')::float8 as "pendingShare",
    (select coalesce(json_agg(json_build_object('step', step, 'p50Ms', ms)), '[]') from (
      select s->>'step' as step, percentile_cont(0.5) within group (order by (s->>'durationMs')::float8) as ms
      from receipts, jsonb_array_elements(receipt->'steps') s group by 1) t) as steps,
    (select coalesce(sum(conflict_retries), 0) from newest)::float8 as "conflictRetriesLastHour"`;

export async function readCommandFigures(database: Database): Promise<CommandFigures> {
  const [row] = await database.query<CommandFigures>(FIGURES);
  if (row === undefined) throw new Error('figures of commands gave no row');
  return row;
}
