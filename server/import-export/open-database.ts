import type { Database } from '#db/database.ts';
import { findEmbeddedPostgres, hasEmbeddedPostgres, startEmbeddedPostgres, takeStartLock } from '#db/embedded.ts';
import { openStore } from '#db/open-store.ts';
import { readEnv, SettingError } from '#server/env.ts';
import { openServerSecret } from '#server/privacy/server-secret.ts';

export type OpenDatabase = {
  database: Database;
  /** What the server derives its keys from. Rejects with a `WrongSecretError`. */
  secret(): Promise<string>;
  close(): Promise<void>;
};

/**
 * The store that the settings name: the server of `DATABASE_URL`, the embedded one that runs, or the embedded one
 * started for the time of this program. Rejects with a `SettingError` where there is no embedded one yet.
 */
export async function openDatabase(applicationName: string): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = readEnv();
  if (databaseUrl === undefined && !hasEmbeddedPostgres(dataDir)) {
    throw new SettingError(
      `There is no store in ${dataDir}: start Tidemark with npm start, or name the data directory in TIDEMARK_DATA_DIR.`,
    );
  }
  return openOrMakeDatabase(applicationName);
}

/** The same, for what may be the first to fill a store: one is made where there is none. */
export async function openOrMakeDatabase(applicationName: string): Promise<OpenDatabase> {
  const env = readEnv();
  const { url, stop } = await findServer(env.databaseUrl, env.dataDir);
  const database = await openStore({ url, schema: env.schema, applicationName, connectionsMax: 4 });
  return {
    database,
    secret: () => openServerSecret(database, { secret: env.secret, previous: env.previousSecret }),
    async close() {
      await database.close();
      await stop();
    },
  };
}

async function findServer(
  databaseUrl: string | undefined,
  dataDir: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const running = databaseUrl ?? findEmbeddedPostgres(dataDir);
  if (running !== undefined) return { url: running, stop: async () => {} };
  const embedded = await startEmbeddedPostgres(dataDir);
  const lock = takeStartLock(dataDir, 'no address: an import or export');
  return {
    url: embedded.url,
    async stop() {
      await embedded.stop();
      lock.release();
    },
  };
}
