import { randomUUID } from 'node:crypto';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { migrate, schemaHash } from '#db/migrate.ts';

/** Names the lock under which one worker makes the template while the others wait. */
const TEMPLATE_LOCK = 7_201_464;

export type TestDatabase = { url: string; database: Database; drop(): Promise<void> };

/**
 * A migrated database of one's own, cloned from a template in some 50 ms. The template is made once a structure: its
 * name carries the hash of all migrations and functions.
 */
export async function createTestDatabase({ connectionsMax = 10 } = {}): Promise<TestDatabase> {
  const admin = connectDatabase({
    url: serverUrl(),
    schema: 'public',
    applicationName: 'tidemark-test',
    connectionsMax: 1,
  });
  const template = await ensureTemplate(admin);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name} template ${template}`, [], { deadlineMs: 30_000 });
  const url = urlOf(name);
  const database = connectDatabase({ url, schema: 'tidemark', applicationName: 'tidemark-test', connectionsMax });
  return {
    url,
    database,
    async drop() {
      await database.close();
      await admin.query(`drop database if exists ${name} with (force)`, [], { deadlineMs: 30_000 });
      await admin.close();
    },
  };
}

function serverUrl(): string {
  const url = process.env.TIDEMARK_TEST_DATABASE_URL;
  if (url === undefined) throw new Error('TIDEMARK_TEST_DATABASE_URL is set by testing/postgres-server.ts');
  return url;
}

function urlOf(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

async function ensureTemplate(admin: Database): Promise<string> {
  const name = `template_${await schemaHash()}`;
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK], { deadlineMs: 60_000 });
  try {
    const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (found.length > 0) return name;
    const building = `building_${randomUUID().replaceAll('-', '')}`;
    await admin.query(`create database ${building}`, [], { deadlineMs: 30_000 });
    const database = connectDatabase({ url: urlOf(building), schema: 'tidemark', applicationName: 'tidemark-test' });
    await migrate(database);
    await database.close();
    await admin.query(`alter database ${building} rename to ${name}`);
    return name;
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}
