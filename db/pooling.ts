import { TidemarkError } from '#server/kernel/errors.ts';

/**
 * What the address of the database says beside where it is. A pooler that gives a connection for one transaction only
 * (pgbouncer in transaction mode) takes no settings at the start and keeps no prepared statement, and nobody can LISTEN
 * through it: then each transaction makes its own settings, and listening goes to the server itself or is left to the polls.
 */
export type Pooling = {
  /** Without our own parameters. */
  url: string;
  byTransaction: boolean;
  /** Where to LISTEN; undefined: nowhere. */
  listenUrl: string | undefined;
};

/** Reads `pooling=transaction` and `listen=<host>:<port>` off the address; throws `bad-request` where they are wrong. */
export function poolingOf(address: string): Pooling {
  const url = new URL(address);
  const pooling = url.searchParams.get('pooling');
  const listen = url.searchParams.get('listen');
  url.searchParams.delete('pooling');
  url.searchParams.delete('listen');
  if (pooling !== null && pooling !== 'transaction') throw wrong('pooling must be transaction, or not be there');
  if (pooling === null && listen !== null) throw wrong('listen is for an address with pooling=transaction');
  if (pooling === null) return { url: url.href, byTransaction: false, listenUrl: url.href };
  if (listen === null) return { url: url.href, byTransaction: true, listenUrl: undefined };
  if (!/^[^\s/:]+:\d{1,5}$/.test(listen)) throw wrong('listen must be a host and a port, such as db.internal:5432');
  const direct = new URL(url);
  direct.host = listen;
  return { url: url.href, byTransaction: true, listenUrl: direct.href };
}

function wrong(why: string): TidemarkError {
  return new TidemarkError('bad-request', `in DATABASE_URL ${why}`, { field: 'DATABASE_URL' });
}
