import { TidemarkError } from '#server/kernel/errors.ts';
import { IDLE_SECONDS_MAX } from './authenticate.ts';
import type { Session } from './identity.ts';
import type { Parts } from './parts.ts';

type Row = {
  id: string;
  ip_address: string | null;
  user_agent: string | null;
  second_factor: string | null;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
};

/** The sessions of an operator that are open, the last used first. */
export async function listSessions({ database }: Parts, operatorId: string, current?: string): Promise<Session[]> {
  const rows = await database.query<Row>(
    `select id, ip_address, user_agent, second_factor, created_at, last_seen_at, expires_at from sessions
     where user_id = $1 and expires_at > now() and last_seen_at > now() - make_interval(secs => $2)
     order by last_seen_at desc, id limit 200`,
    [operatorId, IDLE_SECONDS_MAX],
  );
  return rows.map((row) => ({
    sessionId: row.id,
    current: row.id === current,
    address: row.ip_address ?? '',
    client: row.user_agent ?? '',
    secondFactor: row.second_factor,
    openedAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
  }));
}

/** Ends sessions of an operator: one, or all but `except`. Resolves with how many there were. */
export async function endSessions(
  parts: Pick<Parts, 'database' | 'history' | 'forget'>,
  operatorId: string,
  { sessionId, except, reason }: { sessionId?: string; except?: string | undefined; reason: string },
): Promise<number> {
  const rows = await parts.database.query<{ id: string }>(
    'delete from sessions where user_id = $1 and ($2::text is null or id = $2) and ($3::text is null or id <> $3) returning id',
    [operatorId, sessionId ?? null, except ?? null],
  );
  parts.forget();
  for (const { id } of rows) {
    await parts.history.operator(operatorId, { commandType: 'EndSession', data: { sessionId: id, reason } });
  }
  if (sessionId !== undefined && rows.length === 0) {
    throw new TidemarkError('not-found', 'no session of yours is open under this id', { field: 'sessionId' });
  }
  return rows.length;
}
