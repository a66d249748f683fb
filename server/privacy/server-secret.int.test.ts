import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { openServerSecret, WrongSecretError } from './server-secret.ts';

const FIRST = 'the first secret, of 32 characters and more';
const SECOND = 'the second secret, of 32 characters and more';

let test_: TestDatabase;

beforeEach(async () => {
  test_ = await createTestDatabase();
});
afterEach(() => test_.drop());

const open = (secret: string, previous?: string) => openServerSecret(test_.database, { secret, previous });

describe('what the server derives its keys from', () => {
  test('is made once, by whichever process is first, and is not the secret of the settings', async () => {
    const opened = await Promise.all([open(FIRST), open(FIRST), open(FIRST)]);
    expect(new Set(opened).size).toBe(1);
    expect(opened[0]).toMatch(/^[\w-]{43}$/);
    expect(await open(FIRST)).toBe(opened[0]);
  });

  test('stays what it is when the secret of the settings is changed, which the old one then opens no more', async () => {
    const opened = await open(FIRST);
    expect(await open(SECOND, FIRST)).toBe(opened);
    expect(await open(SECOND)).toBe(opened);
    expect(await open(SECOND, FIRST)).toBe(opened);
    await expect(open(FIRST)).rejects.toThrow(WrongSecretError);
  });

  test('is refused to another secret, by an error that says what to give', async () => {
    await open(FIRST);
    await expect(open(SECOND)).rejects.toThrow(/TIDEMARK_SECRET_PREVIOUS/);
    await expect(open(SECOND, 'neither of them')).rejects.toThrow(/Neither/);
  });

  test('is the secret itself where something was made by it before there was one behind it', async () => {
    await test_.database.query(
      `insert into operators (id, email, name, role) values (gen_random_uuid(), 'ada@example.com', 'Ada', 'admin')`,
    );
    expect(await open(FIRST)).toBe(FIRST);
    expect(await open(SECOND, FIRST)).toBe(FIRST);
  });
});
