import { TidemarkError } from '#server/kernel/errors.ts';
import { connectDatabase, type DatabaseOptions } from './client.ts';
import type { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { codeOf } from './sql-state.ts';

/** What the server says of who comes and of the database he names: classes 28 and 3D. */
const NOT_LET_IN = /^(28|3D)/;

/**
 * Connects and makes the schema what this version needs. Where the server can't be reached, or does not let us in, it
 * rejects with a `database-unavailable` that says where and why; of the address it names host and port alone.
 */
export async function openStore(options: DatabaseOptions): Promise<Database> {
  const database = connectDatabase(options);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw reasonOf(error, options.url);
  }
}

function reasonOf(error: unknown, url: string): unknown {
  const at = new URL(url).host || 'this machine';
  if (error instanceof TidemarkError && error.code === 'database-unavailable') {
    const why = codeOf(error.cause) ?? error.message;
    const message = `no Postgres answers at ${at} (${why}): start it, or correct the address (DATABASE_URL)`;
    return new TidemarkError('database-unavailable', message, error.details, error.cause);
  }
  if (!(error instanceof Error) || !NOT_LET_IN.test(codeOf(error) ?? '')) return error;
  const message = `the Postgres at ${at} does not let us in: ${error.message}. Correct user, password or database in the address (DATABASE_URL)`;
  return new TidemarkError('database-unavailable', message, {}, error);
}
