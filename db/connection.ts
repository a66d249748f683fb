import net from 'node:net';
import postgres from 'postgres';
import { ARRAY_TYPES } from './array-types.ts';
import { toIso } from './iso-time.ts';

export type ConnectionOptions = {
  url: string;
  schema: string;
  applicationName: string;
  connectTimeoutMs: number;
  /** Behind a pooler that gives a connection for one transaction only. */
  byTransaction: boolean;
};

/** For a connection that listens. */
export type ConnectionHooks = { onNotify(): void; onClose(): void };

/** One connection to Postgres, leased to one call at a time. */
export type Connection = {
  sql: postgres.Sql;
  /** Where settings can't be made at the start: begins a transaction with them, as one message. */
  begin: string | undefined;
  /** Cuts the connection and rejects what is under way on it. */
  drop(): void;
  /** Ends it in order. */
  close(): Promise<void>;
};

const TIMESTAMPTZ = 1184;

/** What every session of ours has. */
const settingsOf = (schema: string) => ({
  search_path: `"${schema}", public`,
  TimeZone: 'UTC',
  // A client that froze inside a transaction would hold the high-water mark; one that is gone, its statement.
  idle_in_transaction_session_timeout: 30_000,
  client_connection_check_interval: 1_000,
});

/** The path is a list of names; the others are values. */
function beginWith(schema: string): string {
  const { search_path: path, ...values } = settingsOf(schema);
  const rest = Object.entries(values).map(([name, value]) => `set local ${name} = '${value}'`);
  return ['begin', `set local search_path = ${path}`, ...rest].join('; ');
}

/**
 * Makes a connection; it is opened by the first statement. It connects once in its life: postgres.js 3.4.9 connects
 * again for ever, without a pause, to a server that accepts and then closes during start-up (porsager/postgres#1193),
 * and leaves the statement pending. Here the second attempt fails, which rejects the statement.
 */
export function openConnection(
  { url, schema, applicationName, connectTimeoutMs, byTransaction }: ConnectionOptions,
  hooks?: ConnectionHooks,
): Connection {
  let attempted = false;
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: connectTimeoutMs / 1000,
    onnotice: () => {},
    ...(hooks && { onnotify: hooks.onNotify, onclose: hooks.onClose }),
    fetch_types: false,
    connection: { application_name: applicationName, ...(!byTransaction && settingsOf(schema)) },
    types: {
      ...ARRAY_TYPES,
      date: {
        to: TIMESTAMPTZ,
        from: [TIMESTAMPTZ],
        serialize: (value: Date | string) => (value instanceof Date ? value.toISOString() : value),
        parse: toIso,
      },
    },
    // @ts-expect-error The option exists and is documented; its type is missing in 3.4.9.
    socket: async (options: { host: string[]; port: number[]; path?: string }) => {
      if (attempted) throw Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' });
      attempted = true;
      return openSocket(options, connectTimeoutMs);
    },
  });
  return {
    sql,
    begin: byTransaction ? beginWith(schema) : undefined,
    drop() {
      sql.end({ timeout: 0 }).catch(() => {});
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

function openSocket(
  options: { host: string[]; port: number[]; path?: string },
  timeoutMs: number,
): Promise<net.Socket> {
  const socket = options.path
    ? net.connect(options.path)
    : net.connect({ host: options.host[0] ?? '127.0.0.1', port: options.port[0] ?? 5432 });
  socket.setNoDelay(true);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy();
      reject(Object.assign(new Error('the connection was not taken in time'), { code: 'CONNECT_TIMEOUT' }));
    }, timeoutMs);
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
