import { expect, test } from 'vitest';
import { freePort } from '#testing/free-port.ts';
import { createTestDatabase } from '#testing/postgres.ts';
import { openStore } from './open-store.ts';

const open = (url: string) => openStore({ url, schema: 'tidemark', applicationName: 'open-store-test' });

test('a server that is not there is named by host and port, without the password', async () => {
  const port = await freePort();
  const opening = open(`postgres://ada:s3cret@127.0.0.1:${port}/shop`);
  await expect(opening).rejects.toMatchObject({
    code: 'database-unavailable',
    message: `no Postgres answers at 127.0.0.1:${port} (ECONNREFUSED): start it, or correct the address (DATABASE_URL)`,
  });
});

test('a server that lets nobody in under this name or into this database says so, without the password', async () => {
  const behind = await createTestDatabase();
  const url = new URL(behind.url);
  url.pathname = '/nowhere';
  await expect(open(url.href)).rejects.toThrow(`the Postgres at ${url.host} does not let us in: database "nowhere"`);
  url.password = 's3cret';
  const wrong = await open(url.href).catch((error: Error) => error.message);
  expect(wrong).toContain('password authentication failed for user');
  expect(wrong).not.toContain('s3cret');
  await behind.drop();
});
