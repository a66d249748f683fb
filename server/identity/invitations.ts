import type { Database } from '#db/database.ts';
import type { Role } from '#server/kernel/caller.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { AuthAnswer } from './identity.ts';
import { createOperator } from './operators.ts';
import type { Parts } from './parts.ts';
import { hashOf, newSecret } from './secrets.ts';
import { countAddress, openSession, type Visit } from './sign-in.ts';

const VALID_HOURS = 24;

type Invitation = { email: string | null; role: Role; created_by: string };

/** A secret by which one account can be made, within a day. Earlier ones for the same address are void. */
export async function invite(
  database: Database,
  { email, role, by }: { email: string | null; role: Role; by: string },
): Promise<{ secret: string; expiresAt: string }> {
  const secret = newSecret();
  const address = email?.trim().toLowerCase() ?? null;
  const row = await database.transaction(async (query) => {
    await query('delete from invitations where email is not distinct from $1 and used_at is null', [address]);
    const [made] = await query<{ expires_at: string }>(
      `insert into invitations (token_hash, email, role, created_by, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(hours => $5)) returning expires_at`,
      [hashOf(secret), address, role, by, VALID_HOURS],
    );
    return made;
  });
  return { secret, expiresAt: row?.expires_at ?? '' };
}

/** The secret of the first link, new at each start; undefined where there is an operator. */
export async function firstLink(database: Database): Promise<string | undefined> {
  const [found] = await database.query('select 1 from operators limit 1');
  if (found !== undefined) return undefined;
  return (await invite(database, { email: null, role: 'admin', by: 'first-link' })).secret;
}

/** What a link is for, before an account is made by it. */
export async function readInvitation(parts: Parts, secret: string, visit: Visit) {
  await countAddress(parts, visit);
  const invitation = await find(parts.database, secret);
  return { email: invitation.email, role: invitation.role };
}

/** Makes the account and signs it in. The link is spent by the first one; the first operator's also by any other. */
export async function acceptInvitation(
  parts: Parts,
  asked: { link: string; email: string; name: string; password: string },
  visit: Visit,
): Promise<AuthAnswer> {
  await countAddress(parts, visit);
  const invitation = await find(parts.database, asked.link);
  const account = { ...asked, email: invitation.email ?? asked.email, role: invitation.role };
  const claimed = await parts.database.query(
    'update invitations set used_at = now() where token_hash = $1 and used_at is null returning 1',
    [hashOf(asked.link)],
  );
  if (claimed.length === 0) throw spent();
  const operator = await createOperator(parts, account, invitation.created_by).catch(async (error: unknown) => {
    // What was refused, such as a short password, can be tried again with the same link.
    await parts.database.query('update invitations set used_at = null where token_hash = $1', [hashOf(asked.link)]);
    throw error;
  });
  return openSession(parts, operator, { method: 'link', secondFactor: null, tries: 1 }, visit);
}

async function find(database: Database, secret: string): Promise<Invitation> {
  const [row] = await database.query<Invitation>(
    `select email, role, created_by from invitations where token_hash = $1 and used_at is null and expires_at > now()
       and (email is not null or not exists (select 1 from operators))`,
    [hashOf(secret)],
  );
  if (row === undefined) throw spent();
  return row;
}

function spent(): TidemarkError {
  return new TidemarkError('bad-request', 'the link was used, has expired, or was replaced by a later one', {
    field: 'link',
  });
}
