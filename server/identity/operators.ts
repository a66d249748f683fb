import type { Database } from '#db/database.ts';
import type { Role } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { History } from './history.ts';
import type { Operator } from './identity.ts';
import type { OperatorRow, Parts } from './parts.ts';
import { checkPassword, hashPassword } from './password.ts';
import { operatorIdOf } from './secrets.ts';
import { endSessions } from './sessions.ts';

type Row = OperatorRow & { second_factors: string[]; open_sessions: number; last_sign_in_at: string | null };

/** Every operator by e-mail address, disabled ones too. */
export async function listOperators({ database }: { database: Database }): Promise<Operator[]> {
  const rows = await database.query<Row>(
    `select o.*,
       array_remove(array[
         (select 'totp' from totp_secrets t where t.operator_id = o.id and t.confirmed_at is not null),
         (select 'passkey' from passkeys p where p.user_id = o.id limit 1)], null) as second_factors,
       (select count(*)::int from sessions s where s.user_id = o.id and s.expires_at > now()
          and s.last_seen_at > now() - interval '30 minutes') as open_sessions,
       (select e.occurred_at from events e
          where e.stream_id = 'operator-' || o.id and e.event_type = 'SessionOpened'
          order by e.stream_version desc limit 1) as last_sign_in_at
     from operators o order by o.email limit 1000`,
  );
  return rows.map((row) => ({
    operatorId: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    secondFactors: row.second_factors,
    openSessions: row.open_sessions,
    lastSignInAt: row.last_sign_in_at,
    disabledAt: row.disabled_at,
    createdAt: row.created_at,
  }));
}

/** Makes an operator. Rejects with `bad-request` where the address is taken, or no address, or the password too weak. */
export async function createOperator(
  { database, history, secret }: { database: Database; history: History; secret: string },
  asked: { email: string; name: string; role: Role; password: string },
  by: string,
): Promise<OperatorRow> {
  const email = asked.email.trim().toLowerCase();
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new TidemarkError('bad-request', 'email must be an e-mail address such as ada@example.com', {
      field: 'email',
    });
  }
  await checkPassword(asked.password, { email, name: asked.name });
  const [row] = await database.query<OperatorRow>(
    `insert into operators (id, email, name, role, password_hash) values ($1, $2, $3, $4, $5)
     on conflict (email) do nothing returning *`,
    [operatorIdOf(secret, email), email, asked.name.trim() || email, asked.role, await hashPassword(asked.password)],
  );
  if (row === undefined) throw new TidemarkError('bad-request', 'email is an operator’s already', { field: 'email' });
  await history.operator(row.id, { commandType: 'RegisterOperator', data: { role: asked.role }, actor: by });
  return row;
}

/** Changes what an operator may do, from the next request on. */
export async function setRole(
  parts: Parts,
  { operatorId, role, reason }: { operatorId: string; role: Role; reason: string },
  by: string,
): Promise<void> {
  await keepAnAdmin(parts, operatorId, role === 'admin');
  await change(parts.database, 'update operators set role = $2, updated_at = now() where id = $1 returning 1', [
    operatorId,
    role,
  ]);
  await parts.history.operator(operatorId, { commandType: 'ChangeRole', data: { role, reason }, actor: by });
  parts.forget();
}

/** Lets an operator in no longer, and ends the sessions and live streams that are open. */
export async function disableOperator(
  parts: Pick<Parts, 'database' | 'history' | 'forget'>,
  { operatorId, reason }: { operatorId: string; reason: string },
  by: string,
): Promise<void> {
  await keepAnAdmin(parts, operatorId, false);
  await change(
    parts.database,
    'update operators set disabled_at = coalesce(disabled_at, now()) where id = $1 returning 1',
    [operatorId],
  );
  await endSessions(parts, operatorId, { reason: 'the operator was disabled' });
  await parts.history.operator(operatorId, { commandType: 'DisableOperator', data: { reason }, actor: by });
  parts.forget();
}

/** Ends every session of an operator, who may sign in again. */
export async function endSessionsOf(
  parts: Parts,
  { operatorId, reason }: { operatorId: string; reason: string },
  by: string,
): Promise<number> {
  const [found] = await parts.database.query('select 1 from operators where id = $1', [operatorId]);
  if (found === undefined) throw new TidemarkError('not-found', 'there is no such operator', { field: 'operatorId' });
  return endSessions(parts, operatorId, { reason: `ended by ${by}: ${reason}` });
}

/** Lets a disabled operator sign in again. */
export async function enableOperator(
  { database, history }: Parts,
  { operatorId, reason }: { operatorId: string; reason: string },
  by: string,
): Promise<void> {
  await change(database, 'update operators set disabled_at = null where id = $1 returning 1', [operatorId]);
  await history.operator(operatorId, { commandType: 'EnableOperator', data: { reason }, actor: by });
}

/** Without an administrator nobody could make another. */
async function keepAnAdmin(
  { database }: Pick<Parts, 'database'>,
  operatorId: string,
  staysAdmin: boolean,
): Promise<void> {
  if (staysAdmin) return;
  const [row] = await database.query<{ others: number; is_admin: boolean }>(
    `select count(*) filter (where id <> $1)::int as others, coalesce(bool_or(id = $1), false) as is_admin
     from operators where role = 'admin' and disabled_at is null`,
    [operatorId],
  );
  if (row?.is_admin && row.others === 0) {
    throw new TidemarkError('act-refused', 'this is the only administrator; make another one first', {
      field: 'operatorId',
    });
  }
}

async function change(database: Database, statement: string, parameters: unknown[]): Promise<void> {
  const rows = await database.query(statement, parameters);
  if (rows.length === 0) throw new TidemarkError('not-found', 'there is no such operator', { field: 'operatorId' });
}
