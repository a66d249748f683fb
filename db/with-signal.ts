import type { Database } from './database.ts';

/** The same database for one asker: where the signal fires, its statement is cancelled and the call rejects. */
export function withSignal(database: Database, signal: AbortSignal | undefined): Database {
  if (signal === undefined) return database;
  return {
    ...database,
    query: (statement, parameters, options) => database.query(statement, parameters, { signal, ...options }),
    transaction: (work, options) => database.transaction(work, { signal, ...options }),
  };
}
