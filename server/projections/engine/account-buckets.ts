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

const SUMS = (position: string) =>
  `coalesce(sum(${position} % ${BUCKET_POSITIONS}), 0) as offsets,
   coalesce(sum((${position} % ${BUCKET_POSITIONS}) * (${position} % ${BUCKET_POSITIONS})), 0) as squares`;

/** Buckets of a version up to a position: name, version, position, categories, the moment of a scratch version. */
export const BUCKETS = `
  with stored as (
    select global_position / ${BUCKET_POSITIONS} as bucket, count(*) as stored from events where global_position <= $3 group by 1
  ), matching as (
    select global_position / ${BUCKET_POSITIONS} as bucket, count(*) as matching, ${SUMS('global_position')}
    from events where global_position <= $3 and ($4::text[] is null or split_part(stream_id, '-', 1) = any ($4))
      and ($5::timestamptz is null or occurred_at <= $5)
    group by 1
  ), aside as (
    select global_position / ${BUCKET_POSITIONS} as bucket, count(*) filter (where state <> 'skipped') as parked,
      count(*) filter (where state = 'skipped') as skipped, ${SUMS('global_position')}
    from parked where name = $1 and version = $2 and global_position <= $3 group by 1
  ), accounts as (
    select bucket, handled, offset_sum, square_sum from projection_accounts where name = $1 and version = $2
  )
  select bucket, coalesce(stored, 0) as stored, coalesce(matching, 0) as matching, coalesce(parked, 0) as parked,
    coalesce(skipped, 0) as skipped, coalesce(handled, 0) as handled,
    coalesce(m.offsets, 0) - coalesce(a.offsets, 0) - coalesce(offset_sum, 0) as offset_diff,
    coalesce(m.squares, 0) - coalesce(a.squares, 0) - coalesce(square_sum, 0) as square_diff
  from stored full join matching m using (bucket) full join aside a using (bucket) full join accounts using (bucket)
  order by bucket`;

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
