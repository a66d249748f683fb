/** A row as a statement gives it: bigint as string, timestamptz as ISO 8601 in UTC to the millisecond, jsonb parsed. */
export type Row = Record<string, unknown>;

/** Runs one statement with positional parameters (`$1`), prepared once a connection. */
export type Query = <R extends object = Row>(statement: string, parameters?: readonly unknown[]) => Promise<R[]>;

/** Makes something of a row in binary form: `at` is where the length of its first column stands. See `db/binary.ts`. */
export type ReadRow<T> = (answer: Buffer, at: number) => T;

/** One of several statements that are read in order; with `readRow` as `Database.read` has it. */
export type Reading<R> = { statement: string; parameters?: readonly unknown[]; readRow?: ReadRow<R> };

/** `copy … from stdin` of rows in Postgres's text format, a line each without its end; rejects as a query does. */
export type CopyIn = (statement: string, rows: readonly string[]) => Promise<void>;

export type CallOptions = {
  /** Past it the call rejects with `deadline-exceeded`, and its connection is dropped (default 5,000). */
  deadlineMs?: number;
  /** Where it fires, the statement is cancelled and the call rejects. */
  signal?: AbortSignal | undefined;
};

/**
 * Postgres behind a deadline on every call, a bounded queue and a breaker. Failures of the connection reject with
 * `database-unavailable`, a full queue with `overloaded`; SQLSTATEs of our own become kernel errors in
 * `db/sql-state.ts`; other errors of the server pass through with their `code`.
 */
export type Database = {
  /** The schema that unqualified names resolve to. */
  readonly schema: string;
  query<R extends object = Row>(
    statement: string,
    parameters?: readonly unknown[],
    options?: CallOptions,
  ): Promise<R[]>;
  /** The same for many rows that are read at once: they come in binary form, and `readRow` makes of each what it is. */
  read<R extends object>(
    statement: string,
    parameters: readonly unknown[],
    readRow: ReadRow<R>,
    options?: CallOptions,
  ): Promise<R[]>;
  /**
   * Statements that only read, one after the other on one connection; each sees what is committed when it begins. They
   * go out together, so that all of them take one round trip.
   */
  readInOrder<Rows extends readonly object[]>(
    readings: { [At in keyof Rows]: Reading<Rows[At]> },
    options?: CallOptions,
  ): Promise<{ [At in keyof Rows]: Rows[At][] }>;
  /** READ COMMITTED; commits when `work` resolves, rolls back when it rejects. The deadline covers all of it. */
  transaction<T>(work: (query: Query, copyIn: CopyIn) => Promise<T>, options?: CallOptions): Promise<T>;
  /**
   * Listens on a channel, on the one connection that listens, again after every loss. `onHint` is called for each
   * notification and after every (re)connection; it is a hint only, so whoever uses it polls too.
   */
  listen(channel: string, onHint: () => void): { stop(): Promise<void> };
  status(): { breaker: 'closed' | 'open' | 'half_open'; connectionsInUse: number; waiting: number };
  close(): Promise<void>;
};

/** NOTIFY channels of one store; the payload is always empty. */
export function channels(schema: string): { events: string; checkpoints: string; control: string } {
  return {
    events: `tidemark:${schema}:events`,
    checkpoints: `tidemark:${schema}:checkpoints`,
    control: `tidemark:${schema}:control`,
  };
}
