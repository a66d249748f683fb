import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { readToken, type TokenReader } from './tokens.ts';

const NOW = new Date('2026-11-26T10:00:00Z');
const SECOND = Math.floor(NOW.getTime() / 1000);
const CLAIMS = { iss: 'urn:tidemark:local', aud: 'tidemark', sub: 'ada', sid: 's1', jti: 't1' };
const TIMES = { iat: SECOND - 10, exp: SECOND + 290 };

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let ours: Keys;
let theirs: Keys;
let reader: TokenReader;
let published: JWK;

beforeAll(async () => {
  ours = await generateKeyPair('EdDSA', { extractable: true });
  theirs = await generateKeyPair('EdDSA', { extractable: true });
  published = { ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'EdDSA' };
  reader = { issuer: CLAIMS.iss, keys: async () => ({ keys: [published] }), now: () => NOW };
});

/** A token that is right in all but what is given. */
function made({ header = {}, claims = {}, by = ours }: { header?: object; claims?: object; by?: Keys } = {}) {
  const payload = Object.fromEntries(
    Object.entries({ ...CLAIMS, ...TIMES, ...claims }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid: 'k1', ...header }).sign(by.privateKey);
}

const read = async (token: string | Promise<string>) => readToken(reader, await token);

describe('a token', () => {
  test('that is right in everything names its session', async () => {
    expect(await read(made())).toEqual({ operatorId: 'ada', sessionId: 's1' });
  });

  test.each([
    ['for another audience', { aud: 'another' }],
    ['of another issuer', { iss: 'https://attacker.example' }],
    ['that is over', { iat: SECOND - 300, exp: SECOND - 1 }],
    ['that would last for longer than five minutes', { iat: SECOND - 301, exp: SECOND + 3600 }],
    ['from the future', { iat: SECOND + 60, exp: SECOND + 360 }],
    ['without an end', { exp: undefined }],
    ['without a session', { sid: undefined }],
    ['without an id', { jti: undefined }],
  ])('%s is refused, although our key signed it', async (_, claims) => {
    expect(await read(made({ claims }))).toBeUndefined();
  });

  test('of another key is refused, whatever key it names or brings', async () => {
    const jwk = await exportJWK(theirs.publicKey);
    for (const header of [{}, { kid: 'another' }, { jwk }, { jku: 'https://attacker.example/jwks' }]) {
      expect(await read(made({ header, by: theirs })), JSON.stringify(header)).toBeUndefined();
    }
    for (const header of [{ kid: 'another' }, { jwk: published }, { jku: 'https://attacker.example/jwks' }]) {
      expect(await read(made({ header })), JSON.stringify(header)).toBeUndefined();
    }
  });

  test('without a signature, or with the public key taken for a shared secret, is refused', async () => {
    const [, payload = ''] = (await made()).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k1' })).toString('base64url');
    expect(await read(`${none}.${payload}.`)).toBeUndefined();
    for (const secret of [published.x ?? '', JSON.stringify(published)]) {
      const hmac = new SignJWT({ ...CLAIMS, ...TIMES }).setProtectedHeader({ alg: 'HS256', kid: 'k1' });
      expect(await read(hmac.sign(Buffer.from(secret)))).toBeUndefined();
    }
  });
});
