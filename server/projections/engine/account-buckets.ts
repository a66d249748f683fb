import type { Position } from '#server/kernel/position.ts';
import type { Account, Finding } from '#server/projections/inspection.ts';
import { BUCKET_POSITIONS } from './checkpoint.ts';

/** One bucket as the store has it, as batches counted it, and what was set aside of it. Sums are of offsets and squares. */
export type BucketRow = {
  bucket: string;
  stored: string;
  matching: string;
  parked: string;
  skipped: string;
  handled: string;
  offset_diff: string;
  square_diff: string;
};

const SUMS = (position: string, where: string) =>
  `coalesce(sum(${position} % ${BUCKET_POSITIONS}) ${where}, 0) as offsets,
   coalesce(sum((${position} % ${BUCKET_POSITIONS}) * (${position} % ${BUCKET_POSITIONS})) ${where}, 0) as squares`;

const OCCURRED = 'filter (where $5::timestamptz is null or occurred_at <= $5)';

/**
 * Buckets of a version up to a position: name, version, position, categories, the moment of a scratch version, how many
 * buckets are taken as a worker has counted them, and the last bucket (null: every one that a batch has counted).
 */
export const BUCKETS = `
  with counted as (
    select bucket, category, events as stored, events as matching, offset_sum as offsets, square_sum as squares
    from event_tallies where bucket < $6
    union all
    select global_position / ${BUCKET_POSITIONS}, split_part(stream_id, '-', 1), count(*), count(*) ${OCCURRED},
      ${SUMS('global_position', OCCURRED)}
    from events where global_position >= $6::bigint * ${BUCKET_POSITIONS} and global_position <= $3 group by 1, 2
  ), store as (
    select bucket, sum(stored) as stored, sum(matching) filter (where seen) as matching,
      sum(offsets) filter (where seen) as offsets, sum(squares) filter (where seen) as squares
    from (select *, $4::text[] is null or category = any ($4) as seen from counted) c group by bucket
  ), aside as (
    select global_position / ${BUCKET_POSITIONS} as bucket, count(*) filter (where state <> 'skipped') as parked,
      count(*) filter (where state = 'skipped') as skipped, ${SUMS('global_position', '')}
    from parked where name = $1 and version = $2 and global_position <= $3 group by 1
  ), accounts as (
    select bucket, handled, offset_sum, square_sum from projection_accounts
    where name = $1 and version = $2 and ($7::bigint is null or bucket <= $7)
  )
  select bucket, coalesce(stored, 0) as stored, coalesce(matching, 0) as matching, coalesce(parked, 0) as parked,
    coalesce(skipped, 0) as skipped, coalesce(handled, 0) as handled,
    coalesce(m.offsets, 0) - coalesce(a.offsets, 0) - coalesce(offset_sum, 0) as offset_diff,
    coalesce(m.squares, 0) - coalesce(a.squares, 0) - coalesce(square_sum, 0) as square_diff
  from store m full join aside a using (bucket) full join accounts using (bucket)
  order by bucket`;

/** Positions that are counted one by one behind what a worker has counted: some tenths of a second. */
const LIVE_BUCKETS_MAX = 20;

/** How far a version can be accounted for now: buckets taken as counted, the last position, and whether that is all. */
export type Reach = { tallied: number; countedTo: Position; all: boolean };

/**
 * `tallied`: buckets that a worker has counted, from the first on; null where they don't tell (a moment's read model),
 * and all is counted anew. What lies behind is counted one by one, as far as that is quick.
 */
export function reachOf(upTo: Position, head: Position, tallied: number | null): Reach {
  if (tallied === null) return { tallied: 0, countedTo: upTo, all: true };
  const whole = Math.min(tallied, Math.floor((Number(upTo) + 1) / BUCKET_POSITIONS));
  const end = (whole + LIVE_BUCKETS_MAX) * BUCKET_POSITIONS - 1;
  const all = end >= Math.min(Number(upTo), Number(head));
  return { tallied: whole, countedTo: all ? upTo : (String(end) as Position), all };
}

type Judged = { missing: number; repeated: number; bucket: number; example: Position | null };

/** Adds the buckets up, and tells of those that do not. */
export function judgeBuckets(rows: readonly BucketRow[], upTo: Position): { account: Account; findings: Finding[] } {
  const sum = (pick: (row: BucketRow) => string) => rows.reduce((total, row) => total + Number(pick(row)), 0);
  const judged = rows.map(judge);
  const stored = sum((row) => row.stored);
  const account: Account = {
    handled: sum((row) => row.handled),
    filtered: stored - sum((row) => row.matching),
    dead: Math.max(0, Number(upTo) - stored),
    parked: sum((row) => row.parked),
    skipped: sum((row) => row.skipped),
    missing: judged.reduce((total, one) => total + one.missing, 0),
    repeated: judged.reduce((total, one) => total + one.repeated, 0),
  };
  const findings = [
    ...tell('events_missing', judged, (one) => one.missing, upTo),
    ...tell('events_repeated', judged, (one) => one.repeated, upTo),
  ];
  return { account, findings };
}

/** Equal counts with other sums: as many are missing as others are counted twice. */
function judge({ bucket, matching, parked, skipped, handled, offset_diff, square_diff }: BucketRow): Judged {
  const difference = Number(matching) - Number(parked) - Number(skipped) - Number(handled);
  const offset = Number(offset_diff);
  const swapped = difference === 0 && (offset !== 0 || Number(square_diff) !== 0);
  // With one event too few the sums are that event's: offset and square must fit each other.
  const alone = Math.abs(difference) === 1 && Number(square_diff) === difference * offset * offset;
  return {
    missing: Math.max(0, difference) + Number(swapped),
    repeated: Math.max(0, -difference) + Number(swapped),
    bucket: Number(bucket),
    example: alone ? (String(Number(bucket) * BUCKET_POSITIONS + Math.abs(offset)) as Position) : null,
  };
}

function tell(
  kind: 'events_missing' | 'events_repeated',
  judged: readonly Judged[],
  pick: (one: Judged) => number,
  upTo: Position,
): Finding[] {
  const concerned = judged.filter((one) => pick(one) > 0);
  const [first] = concerned;
  const last = concerned.at(-1);
  if (first === undefined || last === undefined) return [];
  const count = concerned.reduce((total, one) => total + pick(one), 0);
  const from = Math.max(1, first.bucket * BUCKET_POSITIONS);
  const to = Math.min(Number(upTo), (last.bucket + 1) * BUCKET_POSITIONS - 1);
  const examples = concerned.flatMap((one) => (one.example === null ? [] : [one.example])).slice(0, 20);
  const what = kind === 'events_missing' ? 'were passed and never handled' : 'were handled more than once';
  const events = count === 1 ? '1 event' : `${count} events`;
  return [
    {
      kind,
      message: `${events} between ${from} and ${to} ${count === 1 ? what.replace('were', 'was') : what}`,
      from: String(from) as Position,
      to: String(to) as Position,
      examples,
      count,
    },
  ];
}
