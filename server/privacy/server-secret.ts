import type { Database } from '#db/database.ts';
import { newKey, unwrapSecret, wrapSecret } from './seal.ts';

/** `TIDEMARK_SECRET` is not the one under which this database keeps what it derives its keys from. */
export class WrongSecretError extends Error {}

/** `previous`: `TIDEMARK_SECRET` as it was, for the one start after it was changed. */
export type GivenSecret = { secret: string; previous?: string | undefined };

/** What stands already was made by the secret itself, before there was one behind it. */
const INHERITS = `select exists (select from operators) or exists (select from subject_keys)
  or exists (select from signing_keys) or exists (select from gateway_settings) as inherits`;

/**
 * What everything else is derived from: names of persons, their keys, second factors, tokens, cookies. It is kept in the
 * database, wrapped under the secret of the settings, so that another one needs to wrap one row anew. Made at the first
 * start. Rejects with a `WrongSecretError` where neither the secret nor the one before it opens it.
 */
export async function openServerSecret(database: Database, { secret, previous }: GivenSecret): Promise<string> {
  const kept = (await read(database)) ?? (await make(database, secret));
  if (kept === undefined) throw new Error('the server secret that was made is not there');
  const opened = unwrapSecret(secret, kept);
  if (opened !== undefined) return opened;
  const before = previous === undefined ? undefined : unwrapSecret(previous, kept);
  if (before === undefined) {
    throw new WrongSecretError(
      previous === undefined
        ? 'TIDEMARK_SECRET is not the one that this database was opened with: what is sealed in it, second factors and keys can not be read. Give the one it had, or, to change it, the one it had as TIDEMARK_SECRET_PREVIOUS.'
        : 'Neither TIDEMARK_SECRET nor TIDEMARK_SECRET_PREVIOUS is the one that this database was opened with.',
    );
  }
  await database.query('update server_secret set wrapped = $1, wrapped_at = clock_timestamp() where wrapped = $2', [
    wrapSecret(secret, before),
    kept,
  ]);
  return before;
}

async function make(database: Database, secret: string): Promise<string | undefined> {
  const [row] = await database.query<{ inherits: boolean }>(INHERITS);
  const first = row?.inherits ? secret : newKey().toString('base64url');
  await database.query('insert into server_secret (wrapped) values ($1) on conflict do nothing', [
    wrapSecret(secret, first),
  ]);
  // Another process may have been first.
  return read(database);
}

async function read(database: Database): Promise<string | undefined> {
  const [row] = await database.query<{ wrapped: string }>('select wrapped from server_secret');
  return row?.wrapped;
}
