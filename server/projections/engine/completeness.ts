import type { Database, Query } from '#db/database.ts';
import type { EventStore, HighWaterMark } from '#server/event-store/event-store.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Account, Completeness, Finding, Inspection } from '#server/projections/inspection.ts';
import { BUCKETS, type BucketRow, judgeBuckets, reachOf } from './account-buckets.ts';
import { BUCKET_POSITIONS } from './checkpoint.ts';
import { findRows } from './find-rows.ts';
import { type Inspected, inspect, onSnapshot } from './inspected.ts';

/** A second or two; more only for a read model as of a time, which is counted anew. */
const DEADLINE_MS = 30_000;
const SKIPS_MAX = 200;

/**
 * Whether a version accounts for every position under its checkpoint: what the store has, by buckets of 10,000
 * positions, against what the batches counted, what was set aside and what was skipped. Read on one snapshot, in about a
 * second however long the store is: `countedTo` tells how far the store is counted, `rows.nextAfter` whether to go on.
 */
export async function completeness(
  {
    database,
    eventStore,
    projections,
  }: { database: Database; eventStore: EventStore; projections: readonly Projection[] },
  { rowsAfter, ...wanted }: Parameters<Inspection['completeness']>[0],
): Promise<Completeness> {
  const startedAt = performance.now();
  const mark = await eventStore.highWaterMark();
  return onSnapshot(database, DEADLINE_MS, async (query) => {
    const inspected = await inspect(query, projections, wanted);
    const { name, version, checkpoint, accountedTo, categories, occurredUntil } = inspected;
    const upTo = comparePositions(checkpoint, accountedTo) >= 0 ? checkpoint : accountedTo;
    const reach = reachOf(upTo, mark.head, occurredUntil === null ? await talliedBuckets(query) : null);
    const { tallied, countedTo } = reach;
    const lastBucket = reach.all ? null : Math.floor(Number(countedTo) / BUCKET_POSITIONS);
    const buckets = [name, version, countedTo, categories, occurredUntil, tallied, lastBucket];
    const { account, findings } = judgeBuckets(await query<BucketRow>(BUCKETS, buckets), countedTo);
    const rows = await findRows(query, database.schema, inspected, rowsAfter);
    const all = [
      ...(await movedByHand(query, inspected)),
      ...findings,
      ...rows.findings,
      ...(await codeChanges(query, inspected)),
    ];
    return {
      name,
      version,
      checkpoint,
      highWaterMark: mark.position,
      head: mark.head,
      account: withoutFuture(account, countedTo, mark),
      countedTo,
      rows: { looked: rows.looked, nextAfter: rows.nextAfter },
      complete: reach.all && rows.nextAfter === null && all.every((finding) => finding.kind === 'code_changed'),
      findings: all,
      skips: await readSkips(query, inspected),
      held: { positions: positionsBetween(mark.position, mark.head), heldBy: mark.heldBy ?? null },
      checkedMs: performance.now() - startedAt,
    };
  });
}

/** A checkpoint that was moved past the mark is no proof that what lies there is dead. */
function withoutFuture(account: Account, upTo: Position, mark: HighWaterMark): Account {
  return { ...account, dead: Math.max(0, account.dead - positionsBetween(mark.position, upTo)) };
}

/** Buckets that a worker has counted; it counts them in order. */
async function talliedBuckets(query: Query): Promise<number> {
  const [row] = await query<{ buckets: number }>(
    'select coalesce(max(bucket) + 1, 0)::float8 as buckets from event_buckets',
  );
  return row?.buckets ?? 0;
}

type MoveRow = { from: Position; to: Position; role: string; application: string; pid: number; at: string };

async function movedByHand(query: Query, { name, version, checkpoint, accountedTo }: Inspected): Promise<Finding[]> {
  if (checkpoint === accountedTo) return [];
  const [move] = await query<MoveRow>(
    `select from_position as from, to_position as to, role_name as role, application_name as application, process_id as pid, moved_at as at
     from checkpoint_moves where name = $1 and version = $2 order by id desc limit 1`,
    [name, version],
  );
  const by = move
    ? ` by role ${move.role} (${move.application || 'no application name'}, process ${move.pid}) at ${move.at}`
    : '';
  return [
    {
      kind: 'checkpoint_moved',
      message: `the checkpoint was moved by hand from ${accountedTo} to ${checkpoint}${by}; rewind it to ${
        comparePositions(checkpoint, accountedTo) > 0 ? accountedTo : checkpoint
      } to mend it`,
      from: accountedTo,
      to: checkpoint,
      examples: [],
      count: positionsBetween(accountedTo, checkpoint) + positionsBetween(checkpoint, accountedTo),
    },
  ];
}

async function codeChanges(query: Query, { name, version }: Inspected): Promise<Finding[]> {
  const rows = await query<{ from: Position; hash: string }>(
    `select from_position as from, hash from projection_code where name = $1 and version = $2 order by seen_at, from_position`,
    [name, version],
  );
  const [, ...changes] = rows;
  const last = changes.at(-1);
  if (last === undefined) return [];
  return [
    {
      kind: 'code_changed',
      message: `the text of its code changed ${changes.length} times without a new version, last at ${last.from}: rows from before may be made otherwise today`,
      from: changes[0]?.from ?? null,
      to: last.from,
      examples: changes.slice(0, 20).map((change) => `${change.from} ${change.hash}`),
      count: changes.length,
    },
  ];
}

function readSkips(query: Query, { name, version }: Inspected): Promise<Completeness['skips']> {
  return query<Completeness['skips'][number]>(
    `select global_position as "globalPosition", stream_id as "streamId", skipped->>'actor' as actor, skipped->>'reason' as reason,
       skipped->>'at' as at
     from parked where name = $1 and version = $2 and state = 'skipped' order by global_position limit ${SKIPS_MAX}`,
    [name, version],
  );
}
