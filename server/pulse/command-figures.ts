import type { Database } from '#db/database.ts';
import type { StepTiming } from './pulse.ts';

/** The commands of the last minute, in figures. */
export type CommandFigures = {
  accepted: number;
  refused: number;
  callers: number;
  p95Ms: number | null;
  refusedP50Ms: number | null;
  acknowledgedP50Ms: number | null;
  acknowledgedP95Ms: number | null;
  /** Of the accepted among the newest 1,000 of the last hour: those that a projection with acknowledgements has not passed yet. */
  pending: number;
  /** Share of the newest accepted ones of the last 15 s that are pending; 0 without any. */
  pendingShare: number;
  steps: StepTiming[];
  conflictRetriesLastHour: number;
};

/** At a thousand commands a second a minute has too many to look at each second: the newest stand for it. */
const RECENT_MAX = 1000;

/** Receipts, which stand compressed beside their rows and cost a hundred times as much to look into. */
const RECEIPTS_MAX = 200;

const FIGURES = `
  with newest as materialized (
    select command_id, received_at, outcome, actor, duration_ms, global_position, conflict_retries from commands
    where received_at > now() - interval '1 hour' order by received_at desc, command_id desc limit ${RECENT_MAX}
  ), recent as (
    select * from newest where received_at > now() - interval '1 minute'
  ), receipts as materialized (
    select c.outcome, c.receipt from commands c
    where c.command_id = any (array(select command_id from recent order by received_at desc, command_id desc limit ${RECEIPTS_MAX}))
  ), acknowledged as (
    select (select max((p->>'durationMs')::float8) from jsonb_array_elements(receipt->'projections') p) as ms
    from receipts where outcome = 'accepted'
  ), waiting as (
    -- A receipt tells what was pending when it was given; the checkpoints tell what still is.
    select received_at, coalesce(global_position > (select min(checkpoint) from checkpoints where acknowledges), false) as pending
    from newest where outcome = 'accepted'
  )
  select
    (select count(*) from commands where outcome <> 'rejected' and received_at > now() - interval '15 seconds')::float8 as accepted,
    (select count(*) from commands where outcome = 'rejected' and received_at > now() - interval '15 seconds')::float8 as refused,
    (select count(distinct actor) from recent)::float8 as callers,
    (select percentile_cont(0.95) within group (order by duration_ms) from recent) as "p95Ms",
    (select percentile_cont(0.5) within group (order by duration_ms) from recent where outcome = 'rejected') as "refusedP50Ms",
    (select percentile_cont(0.5) within group (order by ms) from acknowledged) as "acknowledgedP50Ms",
    (select percentile_cont(0.95) within group (order by ms) from acknowledged) as "acknowledgedP95Ms",
    (select count(*) from waiting where pending)::float8 as pending,
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
