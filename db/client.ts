import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { type Connection, openConnection } from './connection.ts';
import { createConnectionPool } from './connection-pool.ts';
import type { CallOptions, CopyIn, Database, Query, Reading, ReadRow } from './database.ts';
import { createListening } from './listen.ts';
import { poolingOf } from './pooling.ts';
import { isConnectionFailure, toKernelError } from './sql-state.ts';
import { isOutdated } from './wire/session.ts';

export type DatabaseOptions = {
  /** With `pooling=transaction` behind a pooler, and `listen=<host>:<port>` past it; see `db/pooling.ts`. */
  url: string;
  schema: string;
  applicationName: string;
  /** Default 10. */
  connectionsMax?: number;
  /** Calls that may wait for a connection (default 1,000). */
  waitingMax?: number;
  /** Default 5,000. */
  deadlineMs?: number;
};

const FAILURES_TO_OPEN = 5;
const HALF_OPEN_AFTER_MS = 1000;

/** Connects lazily: the first call opens the first connection. See `Database` for what it promises. */
export function connectDatabase(options: DatabaseOptions): Database {
  const { schema, deadlineMs: deadlineMsDefault = 5000 } = options;
  if (!/^[a-z_][a-z0-9_]{0,30}$/.test(schema)) {
    throw new TidemarkError('bad-request', 'the schema must be 1 to 31 lower-case letters, digits and _', {
      field: 'TIDEMARK_SCHEMA',
    });
  }
  const { url, byTransaction, listenUrl } = poolingOf(options.url);
  const common = { ...options, connectTimeoutMs: deadlineMsDefault, shapes: new Map() };
  const open = () => openConnection({ ...common, url, byTransaction });
  const listening =
    listenUrl === undefined
      ? undefined
      : createListening((hooks) => openConnection({ ...common, url: listenUrl, byTransaction: false }, hooks));
  const pool = createConnectionPool(open, {
    connectionsMax: options.connectionsMax ?? 10,
    waitingMax: options.waitingMax ?? 1000,
  });
  const breaker = circuitBreaker(
    handleWhen(
      (error) => isTidemarkError(error, 'database-unavailable') || isTidemarkError(error, 'deadline-exceeded'),
    ),
    { breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN), halfOpenAfter: HALF_OPEN_AFTER_MS },
  );

  async function call<T>(
    work: (connection: Connection) => Promise<T>,
    { deadlineAt, deadlineMs, signal }: Limits,
  ): Promise<T> {
    const connection = await pool.lease(remaining(deadlineAt, deadlineMs));
    // Who went away while he waited sends nothing.
    if (signal?.aborted) {
      pool.release(connection);
      throw signal.reason;
    }
    try {
      const result = await within(work(connection), { deadlineAt, deadlineMs, signal });
      pool.release(connection);
      return result;
    } catch (error) {
      const kernelError = toKernelError(error);
      if (isUnsure(kernelError, signal)) pool.discard(connection);
      else pool.release(connection);
      throw kernelError;
    }
  }

  async function guarded<T>(
    work: (connection: Connection) => Promise<T>,
    { deadlineMs = deadlineMsDefault, signal }: CallOptions = {},
  ): Promise<T> {
    signal?.throwIfAborted();
    const limits = { deadlineAt: performance.now() + deadlineMs, deadlineMs, signal };
    try {
      const answer = breaker.execute(() => call(work, limits));
      // Half open, the breaker lets calls wait for a probe under way, so the deadline lies around it as well; and whoever
      // may go away does not wait for a connection first.
      const bounded = breaker.state === CircuitState.Closed && signal === undefined;
      return await (bounded ? answer : within(answer, limits));
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        throw new TidemarkError('database-unavailable', 'the database has not answered; it is tried again soon', {
          retryAfterSeconds: Math.ceil(HALF_OPEN_AFTER_MS / 1000),
        });
      }
      throw error;
    }
  }

  return {
    schema,
    query: (statement, parameters, callOptions) =>
      guarded((connection) => runStatement(connection, statement, parameters), callOptions),
    read: (statement, parameters, readRow, callOptions) =>
      guarded((connection) => runStatement(connection, statement, parameters, readRow), callOptions),
    readInOrder: (readings, callOptions) => guarded((connection) => readInOrder(connection, readings), callOptions),
    transaction: (work, callOptions) => guarded((connection) => runTransaction(connection, work), callOptions),
    listen: (channel, onHint) => listening?.listen(channel, onHint) ?? { stop: async () => {} },
    status: () => ({
      breaker: BREAKER_WORDS[breaker.state],
      connectionsInUse: pool.inUse(),
      waiting: pool.waiting(),
    }),
    close: () => pool.close(deadlineMsDefault),
  };
}

const BREAKER_WORDS = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'open',
} as const;

/**
 * A statement by itself. Behind a pooler it is a transaction with its settings: one round trip, but for the first time,
 * when its types are asked for.
 */
async function runStatement<R extends object>(
  connection: Connection,
  statement: string,
  parameters: readonly unknown[] = [],
  readRow?: ReadRow<R>,
): Promise<R[]> {
  if (!connection.byTransaction) return connection.query(statement, parameters, readRow);
  const run = () => connection.query(statement, parameters, readRow);
  if (!connection.knows(statement)) return runTransaction(connection, run);
  const [rows = []] = await runAtOnce(connection, [run]);
  return rows;
}

/** In one round trip where the types of all are known; else each in its turn. */
async function readInOrder<Rows extends readonly object[]>(
  connection: Connection,
  readings: { [At in keyof Rows]: Reading<Rows[At]> },
): Promise<{ [At in keyof Rows]: Rows[At][] }> {
  const asked = readings as readonly Reading<object>[];
  const answers: object[][] = [];
  const runs = asked.map(
    ({ statement, parameters = [], readRow }) =>
      () =>
        connection.query(statement, parameters, readRow),
  );
  try {
    if (asked.every(({ statement }) => connection.knows(statement)))
      answers.push(...(await runAtOnce(connection, runs)));
  } catch (error) {
    if (!isOutdated(error)) throw error;
  }
  if (answers.length === 0) {
    for (const { statement, parameters, readRow } of asked) {
      answers.push(await runStatement(connection, statement, parameters, readRow));
    }
  }
  return answers as { [At in keyof Rows]: Rows[At][] };
}

/** Sent in one piece, in this order; behind a pooler within one transaction, where the commit of what failed is a rollback. */
async function runAtOnce<R>(connection: Connection, runs: readonly (() => Promise<R[]>)[]): Promise<R[][]> {
  const { begun, sent, ended } = connection.atOnce(() => ({
    begun: connection.byTransaction ? connection.begin() : undefined,
    sent: runs.map((run) => run()),
    ended: connection.byTransaction ? connection.end('commit') : undefined,
  }));
  const answers = await Promise.allSettled(sent);
  const around = await Promise.allSettled([begun, ended]);
  for (const one of [...answers, ...around]) if (one.status === 'rejected') throw one.reason;
  return answers.map((one) => (one.status === 'fulfilled' ? one.value : []));
}

async function runTransaction<T>(
  connection: Connection,
  work: (query: Query, copyIn: CopyIn) => Promise<T>,
): Promise<T> {
  await connection.begin();
  let result: T;
  try {
    result = await work((statement, parameters = []) => connection.query(statement, parameters), connection.copyIn);
  } catch (error) {
    if (!isConnectionFailure(error)) await connection.end('rollback');
    throw error;
  }
  await connection.end('commit');
  return result;
}

type Limits = { deadlineAt: number; deadlineMs: number; signal: AbortSignal | undefined };

function remaining(deadlineAt: number, deadlineMs: number): number {
  const remainingMs = deadlineAt - performance.now();
  if (remainingMs <= 0) throw late(deadlineMs);
  return remainingMs;
}

function late(deadlineMs: number): TidemarkError {
  return new TidemarkError('deadline-exceeded', `the database did not answer in ${deadlineMs} ms`);
}

/** Rejects past the deadline, or with the signal's reason; what is under way is then cut with its connection. */
function within<T>(work: Promise<T>, { deadlineAt, deadlineMs, signal }: Limits): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => settle(() => reject(signal?.reason));
    const timer = setTimeout(() => settle(() => reject(late(deadlineMs))), Math.max(1, deadlineAt - performance.now()));
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      act();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
  });
}

function isUnsure(error: unknown, signal: AbortSignal | undefined): boolean {
  return (
    signal?.aborted === true ||
    isTidemarkError(error, 'deadline-exceeded') ||
    isTidemarkError(error, 'database-unavailable')
  );
}
