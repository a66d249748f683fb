import type { Socket } from 'node:net';
import type { ReadRow } from './database.ts';
import { createSession, type Session, type Shapes } from './wire/session.ts';
import { startSession } from './wire/start-session.ts';

export type ConnectionOptions = {
  url: string;
  schema: string;
  applicationName: string;
  connectTimeoutMs: number;
  /** Behind a pooler that gives a connection for one transaction only. */
  byTransaction: boolean;
  /** Of the statements of this database so far. */
  shapes: Shapes;
};

/** For a connection that listens. */
export type ConnectionHooks = { onNotify(channel: string): void; onClose(): void };

/** One connection to Postgres, leased to one call at a time. */
export type Connection = {
  /** One statement; without parameters, and where it is no query, perhaps several. */
  query<R>(statement: string, parameters: readonly unknown[], readRow?: ReadRow<R>): Promise<R[]>;
  /** Whether it can be sent without asking for its types first. */
  knows(statement: string): boolean;
  copyIn(statement: string, rows: readonly string[]): Promise<void>;
  /** Whether each transaction may be on another session, so that it has to be given its settings. */
  byTransaction: boolean;
  /** Begins a transaction: with the first statement, or, where it is given its settings, before it. */
  begin(): Promise<void>;
  /** Ends it; where nothing was asked in it, nothing is sent. */
  end(how: 'commit' | 'rollback'): Promise<void>;
  /** What `work` asks before it returns goes out in one piece. */
  atOnce<T>(work: () => T): T;
  /** Whether it was opened and is gone. */
  lost(): boolean;
  /** Cuts the connection and rejects what is under way on it. */
  drop(): void;
  /** Ends it in order. */
  close(): Promise<void>;
};

const CLOSE_MS_MAX = 5000;

/** What every session of ours has. */
const settingsOf = (schema: string) => ({
  search_path: `"${schema}", public`,
  TimeZone: 'UTC',
  // A client that froze inside a transaction would hold the high-water mark; one that is gone, its statement.
  idle_in_transaction_session_timeout: 30_000,
  client_connection_check_interval: 1_000,
});

/** Each statement of a transaction sees what is committed when it begins, whatever the server's default: the mark rests on it. */
const ISOLATION = 'read committed';

/** The path is a list of names; the others are values. */
function beginWith(schema: string): string {
  const { search_path: path, ...values } = settingsOf(schema);
  const rest = Object.entries(values).map(([name, value]) => `set local ${name} = '${value}'`);
  return [`begin isolation level ${ISOLATION}`, `set local search_path = ${path}`, ...rest].join('; ');
}

/** Makes a connection; it is opened by the first statement, once in its life. */
export function openConnection(
  { url, schema, applicationName, connectTimeoutMs, byTransaction, shapes }: ConnectionOptions,
  hooks?: ConnectionHooks,
): Connection {
  let socket: Socket | undefined;
  let session: Session | undefined;
  let starting: Promise<Session> | undefined;
  let dropped = false;
  let begins = false;

  async function start(): Promise<Session> {
    const direct = { ...settingsOf(schema), default_transaction_isolation: ISOLATION };
    const started = await startSession({
      url,
      settings: { application_name: applicationName, ...(!byTransaction && direct) },
      timeoutMs: connectTimeoutMs,
      onSocket(opened) {
        socket = opened;
        if (dropped) opened.destroy();
      },
    });
    socket = started.socket;
    if (hooks) socket.once('close', hooks.onClose);
    session = createSession(started, { shapes, named: !byTransaction, onNotify: hooks?.onNotify });
    return session;
  }

  const ready = () => {
    starting ??= start();
    return starting;
  };

  function ask<R>(
    { run, simple, begin }: Session,
    statement: string,
    parameters: readonly unknown[],
    readRow?: ReadRow<R>,
  ): Promise<R[]> {
    if (begins) begin();
    begins = false;
    const prepared = readRow !== undefined || parameters.length > 0 || /^\s*(select|with)\b[^;]*$/i.test(statement);
    return prepared ? run(statement, parameters, readRow) : simple<R>(statement);
  }

  function query<R>(statement: string, parameters: readonly unknown[], readRow?: ReadRow<R>): Promise<R[]> {
    if (session !== undefined) return ask(session, statement, parameters, readRow);
    return ready().then((started) => ask(started, statement, parameters, readRow));
  }

  return {
    query,
    knows: (statement) => shapes.has(statement),
    async copyIn(statement, rows) {
      const started = await ready();
      if (begins) started.begin();
      begins = false;
      await started.copyIn(statement, rows);
    },
    byTransaction,
    async begin() {
      if (byTransaction) await query(beginWith(schema), []);
      else begins = true;
    },
    async end(how) {
      if (begins) begins = false;
      else await query(how, []);
    },
    atOnce: (work) => (session === undefined ? work() : session.atOnce(work)),
    lost: () => socket?.destroyed === true,
    drop() {
      dropped = true;
      socket?.destroy();
    },
    async close() {
      if (socket === undefined || socket.destroyed) return;
      const open = socket;
      const closed = new Promise((resolve) => open.once('close', resolve));
      const timer = setTimeout(() => open.destroy(), CLOSE_MS_MAX);
      if (session === undefined) open.destroy();
      else session.end();
      await closed;
      clearTimeout(timer);
    },
  };
}
