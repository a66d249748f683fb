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

/** Makes a secret that counts once `confirmTotp` has seen a code of it. */
export async function beginTotp(parts: Parts, operator: { id: string; email: string }) {
  const secret = newTotpSecret();
  await parts.database.query(
    `insert into totp_secrets (operator_id, secret) values ($1, $2)
     on conflict (operator_id) do update set secret = excluded.secret, confirmed_at = null, last_step = null`,
    [operator.id, await symmetricEncrypt({ key: parts.secret, data: secret })],
  );
  return { secret, uri: totpUri(secret, operator.email) };
}

/** Puts the secret into use, and answers with new recovery codes: the only time that they can be read. */
export async function confirmTotp(parts: Parts, operatorId: string, code: string): Promise<string[]> {
  if (!(await takeTotp(parts, operatorId, code, { confirmed: false }))) {
    throw new TidemarkError('bad-request', 'code is not the one that the app shows now', { field: 'code' });
  }
  await parts.database.query('update totp_secrets set confirmed_at = now() where operator_id = $1', [operatorId]);
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
  if ('code' in given) return (await takeTotp(parts, operatorId, given.code, { confirmed: true })) ? 'totp' : undefined;
  const used = await parts.database.query(
    `update recovery_codes set used_at = now()
     where operator_id = $1 and code_hash = $2 and used_at is null returning 1`,
    [operatorId, recoveryHash(parts, given.recoveryCode)],
  );
  return used.length === 1 ? 'recovery-code' : undefined;
}

async function takeTotp(parts: Parts, operatorId: string, code: string, { confirmed }: { confirmed: boolean }) {
  const [row] = await parts.database.query<{ secret: string }>(
    'select secret from totp_secrets where operator_id = $1 and (confirmed_at is not null) = $2',
    [operatorId, confirmed],
  );
  if (row === undefined) return false;
  const secret = await symmetricDecrypt({ key: parts.secret, data: row.secret });
  const step = stepOf(secret, code.replaceAll(/\s/g, ''), parts.clock.now());
  if (step === undefined) return false;
  const taken = await parts.database.query(
    `update totp_secrets set last_step = $2
     where operator_id = $1 and (last_step is null or last_step < $2) returning 1`,
    [operatorId, step],
  );
  return taken.length === 1;
}

function recoveryHash({ secret }: Parts, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z2-7]/g, '');
  return createHmac('sha256', secret).update(`recovery:${plain}`).digest('hex');
}
