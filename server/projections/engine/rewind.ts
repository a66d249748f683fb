import type { Database, Query } from '#db/database.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import type { ActRequest, ActResult } from '#server/projections/operations.ts';
import { act, refuse } from './act.ts';
import { BUCKET_POSITIONS } from './checkpoint.ts';

/**
 * Sets a version back: the events after `to` are applied again to the rows as they are. The epoch is raised, so a batch
 * under way is refused. What was parked or skipped after `to` comes anew.
 */
export function rewind(database: Database, request: ActRequest & { to: Position }): Promise<ActResult> {
  const { to } = request;
  return act(database, 'rewind', request, async (query, { name, version, checkpoint }) => {
    const accounted = await accountedTo(query, name, version);
    if (comparePositions(to, accounted) > 0) {
      throw refuse(
        `${name} v${version} has handled events up to ${accounted}; only skip passes over events after that`,
      );
    }
    await takeFromAccounts(query, { name, version, to, from: accounted });
    await query('delete from parked where name = $1 and version = $2 and global_position > $3', [name, version, to]);
    await query(
      `update projection_versions set checkpoint = $3, accounted_to = $3, fault = null, owner = null, leased_until = null,
         epoch = epoch + 1, moved_at = clock_timestamp()
       where name = $1 and version = $2`,
      [name, version, to],
    );
    return { from: checkpoint, to };
  });
}

async function accountedTo(query: Query, name: string, version: number): Promise<Position> {
  const statement = 'select accounted_to as position from projection_versions where name = $1 and version = $2';
  const [row] = await query<{ position: Position }>(statement, [name, version]);
  return row?.position ?? ('0' as Position);
}

// What the last bucket counts after `to` is taken off as the store tells it, so that what did not add up before it
// still does not; parked and skipped events were never counted.
const TAKE_OFF = `
  update projection_accounts a
  set handled = a.handled - e.handled, offset_sum = a.offset_sum - e.offset_sum, square_sum = a.square_sum - e.square_sum
  from (
    select count(*) as handled, coalesce(sum(global_position % ${BUCKET_POSITIONS}), 0) as offset_sum,
           coalesce(sum((global_position % ${BUCKET_POSITIONS}) * (global_position % ${BUCKET_POSITIONS})), 0) as square_sum
    from events e join projections p on p.name = $1
    where e.global_position > $3 and e.global_position <= $4
      and e.global_position < ($3::bigint / ${BUCKET_POSITIONS} + 1) * ${BUCKET_POSITIONS}
      and (p.categories is null or split_part(e.stream_id, '-', 1) = any (p.categories))
      and not exists (select from parked k where k.name = $1 and k.version = $2 and k.global_position = e.global_position)
  ) e
  where a.name = $1 and a.version = $2 and a.bucket = $3::bigint / ${BUCKET_POSITIONS}`;

async function takeFromAccounts(
  query: Query,
  { name, version, to, from }: { name: string; version: number; to: Position; from: Position },
): Promise<void> {
  await query(TAKE_OFF, [name, version, to, from]);
  await query(
    `delete from projection_accounts where name = $1 and version = $2 and bucket > $3::bigint / ${BUCKET_POSITIONS}`,
    [name, version, to],
  );
  await query(
    `update projection_versions set applied_events = coalesce(
       (select sum(handled) from projection_accounts a where a.name = $1 and a.version = $2), 0)
     where name = $1 and version = $2`,
    [name, version],
  );
}
