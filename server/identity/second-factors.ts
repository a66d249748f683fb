import { createHmac, randomBytes } from 'node:crypto';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Parts } from './parts.ts';
import { base32, newTotpSecret, stepOf, totpUri } from './totp.ts';

const RECOVERY_CODES = 10;

export type SecondFactor = { code: string } | { recoveryCode: string };

/** The ways in which an operator can show a second factor; none where nothing is set up. */
export async function secondFactorsOf({ database }: Parts, operatorId: string): Promise<string[]> {
  const rows = await database.query<{ method: string }>(
    `select 'totp' as method from totp_secrets where operator_id = $1 and confirmed_at is not null
     union all select 'recovery-code' where exists
       (select 1 from recovery_codes where operator_id = $1 and used_at is null)
     union all select 'passkey' where exists (select 1 from passkeys where user_id = $1)`,
    [operatorId],
  );
  return rows.map(({ method }) => method);
}

/** Makes a secret that counts once `confirmTotp` has seen a code of it; until then the one before it does. */
export async function beginTotp(parts: Parts, operator: { id: string; email: string }) {
  const secret = newTotpSecret();
  await parts.database.query(
    `insert into totp_secrets as t (operator_id, secret) values ($1, $2)
     on conflict (operator_id) do update set
       secret = case when t.confirmed_at is null then excluded.secret else t.secret end,
       next_secret = case when t.confirmed_at is null then null else excluded.secret end`,
    [operator.id, await symmetricEncrypt({ key: parts.secret, data: secret })],
  );
  return { secret, uri: totpUri(secret, operator.email) };
}

/** Puts the secret into use, and answers with new recovery codes: the only time that they can be read. */
export async function confirmTotp(parts: Parts, operatorId: string, code: string): Promise<string[]> {
  const [begun] = await parts.database.query<{ secret: string }>(
    `select coalesce(next_secret, secret) as secret from totp_secrets
     where operator_id = $1 and (confirmed_at is null or next_secret is not null)`,
    [operatorId],
  );
  const step = begun === undefined ? undefined : await stepNow(parts, begun.secret, code);
  const confirmed =
    step === undefined
      ? []
      : await parts.database.query(
          `update totp_secrets set secret = $2, next_secret = null, confirmed_at = now(), last_step = $3
           where operator_id = $1 and coalesce(next_secret, secret) = $2
             and (confirmed_at is null or next_secret is not null) returning 1`,
          [operatorId, begun?.secret, step],
        );
  if (confirmed.length === 0) {
    throw new TidemarkError('bad-request', 'code is not the one that the app shows now', { field: 'code' });
  }
  await parts.history.operator(operatorId, { commandType: 'EnrolSecondFactor', data: { method: 'totp' } });
  return makeRecoveryCodes(parts, operatorId);
}

/** Ten new codes in place of all earlier ones; kept as keyed hashes. */
export async function makeRecoveryCodes(parts: Parts, operatorId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const text = base32(randomBytes(10)).toLowerCase();
    return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8, 12)}-${text.slice(12)}`;
  });
  await parts.database.transaction(async (query) => {
    await query('delete from recovery_codes where operator_id = $1', [operatorId]);
    await query('insert into recovery_codes (operator_id, code_hash) select $1, unnest($2::text[])', [
      operatorId,
      codes.map((code) => recoveryHash(parts, code)),
    ]);
  });
  await parts.history.operator(operatorId, { commandType: 'MakeRecoveryCodes', data: { count: codes.length } });
  return codes;
}

/** Takes a second factor, once: of parallel tries with one code a single one is right. */
export async function takeSecondFactor(
  parts: Parts,
  operatorId: string,
  given: SecondFactor,
): Promise<'totp' | 'recovery-code' | undefined> {
  if ('code' in given) return (await takeTotp(parts, operatorId, given.code)) ? 'totp' : undefined;
  const used = await parts.database.query(
    `update recovery_codes set used_at = now()
     where operator_id = $1 and code_hash = $2 and used_at is null returning 1`,
    [operatorId, recoveryHash(parts, given.recoveryCode)],
  );
  return used.length === 1 ? 'recovery-code' : undefined;
}

async function takeTotp(parts: Parts, operatorId: string, code: string): Promise<boolean> {
  const [row] = await parts.database.query<{ secret: string }>(
    'select secret from totp_secrets where operator_id = $1 and confirmed_at is not null',
    [operatorId],
  );
  const step = row === undefined ? undefined : await stepNow(parts, row.secret, code);
  if (step === undefined) return false;
  const taken = await parts.database.query(
    `update totp_secrets set last_step = $2
     where operator_id = $1 and secret = $3 and (last_step is null or last_step < $2) returning 1`,
    [operatorId, step, row?.secret],
  );
  return taken.length === 1;
}

/** The time step of a code by a secret as it is kept. */
async function stepNow(parts: Parts, kept: string, code: string): Promise<number | undefined> {
  const secret = await symmetricDecrypt({ key: parts.secret, data: kept });
  return stepOf(secret, code.replaceAll(/\s/g, ''), parts.clock.now());
}

/** Takes the authenticator app away; the recovery codes go with the last way to show a second factor. */
export async function removeTotp(parts: Parts, operatorId: string): Promise<void> {
  const rows = await parts.database.query(
    'delete from totp_secrets where operator_id = $1 and confirmed_at is not null returning 1',
    [operatorId],
  );
  if (rows.length === 0) throw new TidemarkError('not-found', 'there is no authenticator app to remove');
  await parts.history.operator(operatorId, { commandType: 'RemoveSecondFactor', data: { method: 'totp' } });
  await dropLoneRecoveryCodes(parts, operatorId);
}

/** Recovery codes stand in for an app or a passkey; where there is neither they would be a factor of their own. */
export async function dropLoneRecoveryCodes({ database }: Parts, operatorId: string): Promise<void> {
  await database.query(
    `delete from recovery_codes where operator_id = $1
       and not exists (select 1 from totp_secrets where operator_id = $1 and confirmed_at is not null)
       and not exists (select 1 from passkeys where user_id = $1)`,
    [operatorId],
  );
}

function recoveryHash({ secret }: Parts, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z2-7]/g, '');
  return createHmac('sha256', secret).update(`recovery:${plain}`).digest('hex');
}
