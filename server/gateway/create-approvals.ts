import { createHash } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { type Permission, requirePermission } from '#server/kernel/caller.ts';
import { canonicalJson } from '#server/kernel/canonical-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Approval, Approvals } from './approvals.ts';
import { createSetting } from './settings.ts';

/** A day to decide, a quarter of an hour to use what was approved. */
const OPEN = "interval '24 hours'";
const USABLE = "interval '15 minutes'";

const COLUMNS = `approval_id as "approvalId", act, permission, input, reason,
  jsonb_build_object('id', requested_by, 'name', requested_name) as "requestedBy", requested_at as "requestedAt",
  case when state in ('pending', 'approved') and expires_at < now() then 'expired' else state end as state,
  expires_at as "expiresAt", case when decided_at is not null then jsonb_build_object('name', decided_name, 'why', decided_why,
    'at', to_char(decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as decided`;

/** Approvals by a second operator, kept in Postgres, so that all processes see the same. */
export function createApprovals(database: Database, nowMs: () => number = Date.now): Approvals {
  const rules = createSetting<{ acts: string[] }>(database, { name: 'approvals', initial: { acts: [] }, nowMs });

  async function permissionOf(approvalId: string): Promise<Permission> {
    const [row] = await database.query<{ permission: Permission }>(
      'select permission from approvals where approval_id = $1',
      [approvalId],
    );
    if (row === undefined) throw new TidemarkError('not-found', 'no approval has this id', { field: 'approvalId' });
    return row.permission;
  }

  return {
    list: ({ open, limit }) =>
      database.query<Approval>(
        `select ${COLUMNS} from approvals
          where not coalesce($1::boolean, false) or (state in ('pending', 'approved') and expires_at >= now())
          order by requested_at desc, approval_id desc limit $2`,
        [open ?? null, limit],
      ),
    rules: rules.get,
    setRules: rules.set,

    async decide({ approvalId, decision, reason, caller }) {
      requirePermission(caller, await permissionOf(approvalId));
      const [row] = await database.query<Approval>(
        `update approvals set state = $2, decided_by = $3, decided_name = $4, decided_why = $5, decided_at = clock_timestamp(),
           expires_at = case when $2 = 'approved' then clock_timestamp() + ${USABLE} else expires_at end
          where approval_id = $1 and state = 'pending' and expires_at >= now() and requested_by <> $3 returning ${COLUMNS}`,
        [approvalId, decision === 'approve' ? 'approved' : 'refused', caller.id, caller.name, reason],
      );
      if (row !== undefined) return row;
      throw refused('it is your own, or it is no longer open: a second operator decides, once and in time');
    },

    async withdraw({ approvalId, caller }) {
      const [row] = await database.query<Approval>(
        `update approvals set state = 'withdrawn' where approval_id = $1 and state in ('pending', 'approved')
          and requested_by = $2 returning ${COLUMNS}`,
        [approvalId, caller.id],
      );
      if (row === undefined) throw refused('only who asked for it can withdraw it, while it is open');
      return row;
    },

    async pass({ act, permission, input, reason, caller }) {
      if (!(await rules.get()).acts.includes(act)) return undefined;
      // Who does the approved act sends what the database gave back, whose names stand in another order.
      const hash = createHash('sha256').update(canonicalJson(input)).digest('hex');
      const [used] = await database.query<{ decided_name: string }>(
        `update approvals set state = 'used' where requested_by = $1 and act = $2 and input_hash = $3 and state = 'approved'
          and expires_at >= now() returning decided_name`,
        [caller.id, act, hash],
      );
      if (used !== undefined) return used.decided_name;
      const approvalId = await ask(database, [
        act,
        permission,
        JSON.stringify(input),
        hash,
        reason,
        caller.id,
        caller.name,
      ]);
      throw new TidemarkError(
        'approval-required',
        `${act} needs the approval of a second operator, which is now asked for`,
        {
          approvalId,
        },
      );
    },
  };
}

/** Asks once: what waits already is asked for again only when its time is over. */
async function ask(database: Database, values: readonly string[]): Promise<string> {
  return database.transaction(async (query) => {
    const [act, , , hash, , by] = values;
    await query(
      `delete from approvals where requested_by = $1 and act = $2 and input_hash = $3 and state in ('pending', 'approved')
        and expires_at < now()`,
      [by, act, hash],
    );
    await query(
      `insert into approvals (approval_id, act, permission, input, input_hash, reason, requested_by, requested_name, expires_at)
       values (gen_random_uuid(), $1, $2, $3::text::jsonb, $4, $5, $6, $7, clock_timestamp() + ${OPEN})
       on conflict do nothing`,
      values,
    );
    const [row] = await query<{ approval_id: string }>(
      `select approval_id from approvals where requested_by = $1 and act = $2 and input_hash = $3
        and state in ('pending', 'approved')`,
      [by, act, hash],
    );
    if (row === undefined) throw new Error('an approval that was asked for is not there');
    return row.approval_id;
  });
}

function refused(why: string): TidemarkError {
  return new TidemarkError('act-refused', why, { field: 'approvalId' });
}
