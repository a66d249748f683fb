import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDatabase } from '#db/client.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createTlsProxy } from '#testing/tls-proxy.ts';

describe('sslmode in the address', () => {
  let plain: TestDatabase;
  let encrypting: Awaited<ReturnType<typeof createTlsProxy>>;

  beforeAll(async () => {
    plain = await createTestDatabase({ connectionsMax: 1 });
    encrypting = await createTlsProxy(plain.url);
  });
  afterAll(async () => {
    await encrypting.close();
    await plain.drop();
  });

  async function ask(url: string, sslMode: string | undefined, name = 'sslmode'): Promise<unknown> {
    const address = new URL(url);
    if (sslMode !== undefined) address.searchParams.set(name, sslMode);
    const database = connectDatabase({ url: address.href, schema: 'tidemark', applicationName: 'test' });
    try {
      return await database.query('select $1::int as one', [1]);
    } finally {
      await database.close();
    }
  }

  test.each([undefined, 'disable', 'prefer'])('%s takes a server without encryption', async (mode) => {
    expect(await ask(plain.url, mode)).toEqual([{ one: 1 }]);
  });

  test.each(['require', 'verify-full'])('%s refuses a server without encryption', async (mode) => {
    await expect(ask(plain.url, mode)).rejects.toMatchObject({ code: 'database-unavailable' });
  });

  test.each(['require', 'prefer'])('%s speaks to one with it', async (mode) => {
    expect(await ask(encrypting.url, mode)).toEqual([{ one: 1 }]);
  });

  test('verify-full refuses a certificate that nobody answers for', async () => {
    await expect(ask(encrypting.url, 'verify-full')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  test('ssl=true and the certificates of the system mean verify-full', async () => {
    await expect(ask(plain.url, 'true', 'ssl')).rejects.toMatchObject({ code: 'database-unavailable' });
    await expect(ask(encrypting.url, 'system', 'sslrootcert')).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(await ask(plain.url, 'false', 'ssl')).toEqual([{ one: 1 }]);
  });

  test('without sslmode nothing is sent to one that asks for it', async () => {
    await expect(ask(encrypting.url, undefined)).rejects.toMatchObject({ code: 'database-unavailable' });
  });
});
