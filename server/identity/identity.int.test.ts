import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { PASSWORD, startIdentity, type TestBrowser, type TestIdentity } from '#testing/sign-in.ts';

let tidemark: TestIdentity;
let count = 0;

beforeAll(async () => {
  tidemark = await startIdentity();
});
afterAll(() => tidemark.stop());

/** An operator of its own with an authenticator app, signed in. */
async function enrolled(role: 'viewer' | 'operator' | 'admin' = 'admin') {
  count += 1;
  const email = `operator${count}@example.com`;
  const { id } = await tidemark.register(email, role);
  const browser = tidemark.browser(`192.0.2.${count}`);
  await browser.post('/sign-in', { email, password: PASSWORD });
  const { secret } = (await browser.post('/totp/begin')) as { secret: string };
  const { recoveryCodes } = await browser.post('/totp/confirm', { code: tidemark.codeNow(secret) });
  // The code that set it up is used; the next one counts.
  tidemark.pass(30_000);
  return { id, email, browser, secret, recoveryCodes: recoveryCodes as string[] };
}

async function typesOf(operatorId: string): Promise<string[]> {
  const { events } = await tidemark.eventStore.readStream(`operator-${operatorId}` as StreamId);
  return events.map(({ eventType }) => eventType);
}

const callerOf = (browser: TestBrowser) => tidemark.identity.authenticate(browser.headers(), '192.0.2.1');

// First of all: later tests move the clock on, and a second factor is fresh for five minutes of it.
describe('a second factor', () => {
  test('an authenticator app is replaced without a gap: the old one counts until a code of the new one was seen', async () => {
    const { email, browser, secret } = await enrolled();
    const { secret: next } = (await browser.post('/totp/begin')) as { secret: string };
    await browser.post('/sign-in', { email, password: PASSWORD });
    expect(await browser.post('/second-factor', { code: tidemark.codeNow(secret) })).toEqual({ next: 'console' });
    await expect(browser.post('/totp/confirm', { code: tidemark.codeNow(secret) })).rejects.toMatchObject({
      details: { field: 'code' },
    });
    await browser.post('/totp/confirm', { code: tidemark.codeNow(next) });
    tidemark.pass(30_000);
    await browser.post('/sign-in', { email, password: PASSWORD });
    await expect(browser.post('/second-factor', { code: tidemark.codeNow(secret) })).rejects.toMatchObject({
      code: 'sign-in-failed',
    });
    expect(await browser.post('/second-factor', { code: tidemark.codeNow(next) })).toEqual({ next: 'console' });
  });

  test('the last second factor of somebody who needs one can not be removed; a viewer’s takes its codes along', async () => {
    const { browser } = await enrolled('operator');
    await expect(browser.post('/totp/remove')).rejects.toMatchObject({ code: 'act-refused' });
    const { email, browser: viewer } = await enrolled('viewer');
    await viewer.post('/totp/remove');
    expect(await tidemark.identity.account(await callerOf(viewer))).toMatchObject({
      secondFactors: [],
      recoveryCodesLeft: 0,
    });
    expect(await viewer.post('/sign-in', { email, password: PASSWORD })).toEqual({ next: 'console' });
  });
});

describe('signing in', () => {
  test('with password and code opens a session, and tells it step by step', async () => {
    const { id, email, browser, secret } = await enrolled();
    await browser.post('/sign-out');
    expect(await browser.post('/sign-in', { email, password: PASSWORD })).toEqual({
      next: 'second-factor',
      methods: ['totp', 'recovery-code'],
    });
    await expect(callerOf(browser)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await browser.post('/second-factor', { code: tidemark.codeNow(secret) })).toEqual({ next: 'console' });
    expect(await callerOf(browser)).toMatchObject({ kind: 'operator', id, name: email, secondFactor: true });
    expect((await typesOf(id)).slice(-7)).toEqual([
      'SessionEnded',
      'SignInAttempted',
      'CredentialsChecked',
      'SecondFactorChallenged',
      'SignInAttempted',
      'SecondFactorPassed',
      'SessionOpened',
    ]);
  });

  test('takes one code once, of 50 parallel tries with it', async () => {
    const { id, email, secret } = await enrolled();
    const browser = tidemark.browser('198.51.100.7');
    await browser.post('/sign-in', { email, password: PASSWORD });
    const before = (await typesOf(id)).filter((type) => type === 'SessionOpened').length;
    const code = tidemark.codeNow(secret);
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => browser.post('/second-factor', { code })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await typesOf(id)).filter((type) => type === 'SessionOpened').length - before).toBe(1);
  });

  test('takes a recovery code once', async () => {
    const { email, browser, recoveryCodes } = await enrolled();
    const [code = ''] = recoveryCodes;
    await browser.post('/sign-out');
    await browser.post('/sign-in', { email, password: PASSWORD });
    expect(await browser.post('/second-factor', { recoveryCode: code.toUpperCase() })).toEqual({ next: 'console' });
    expect((await tidemark.identity.account(await callerOf(browser))).recoveryCodesLeft).toBe(9);
    await browser.post('/sign-in', { email, password: PASSWORD });
    await expect(browser.post('/second-factor', { recoveryCode: code })).rejects.toMatchObject({
      code: 'sign-in-failed',
    });
  });

  test('answers an unknown address as a wrong password, and delays both by the same rule', async () => {
    const { email } = await enrolled();
    const answers = async (address: string, from: string) => {
      const browser = tidemark.browser(from);
      const heard: unknown[] = [];
      for (let tried = 0; tried < 7; tried += 1) {
        const given = { email: address, password: 'not the password at all' };
        heard.push(
          await browser.post('/sign-in', given).catch(({ code, message, details }) => ({ code, message, details })),
        );
      }
      return heard;
    };
    const known = await answers(email, '203.0.113.1');
    expect(await answers('nobody@example.com', '203.0.113.2')).toEqual(known);
    expect(known.map((one) => (one as { code: string }).code)).toEqual([
      ...Array.from({ length: 5 }, () => 'sign-in-failed'),
      'sign-in-delayed',
      'sign-in-delayed',
    ]);
  });

  test('is slowed after too many wrong tries, and works again when the delay has passed', async () => {
    const { email, browser, secret } = await enrolled();
    await browser.post('/sign-out');
    for (let tried = 0; tried < 10; tried += 1) {
      tidemark.pass(5 * 60_000);
      await expect(browser.post('/sign-in', { email, password: 'wrong wrong wrong' })).rejects.toMatchObject({
        code: 'sign-in-failed',
      });
    }
    await expect(browser.post('/sign-in', { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'sign-in-delayed',
      details: { retryAfterSeconds: expect.any(Number) },
    });
    tidemark.pass(5 * 60_000);
    await browser.post('/sign-in', { email, password: PASSWORD });
    expect(await browser.post('/second-factor', { code: tidemark.codeNow(secret) })).toEqual({ next: 'console' });
  });

  test('gives nothing but the second factor’s set-up before there is one', async () => {
    const { email } = { email: 'bare@example.com' };
    await tidemark.register(email, 'operator');
    const browser = tidemark.browser();
    expect(await browser.post('/sign-in', { email, password: PASSWORD })).toEqual({ next: 'enrol' });
    expect(await callerOf(browser)).toMatchObject({ permissions: ['account.self'] });
    await expect(browser.post('/second-factor/put-off')).rejects.toMatchObject({ code: 'act-refused' });
  });
});

describe('sessions', () => {
  test('are new at the second factor, and the old one is worth nothing', async () => {
    await tidemark.register('rotated@example.com');
    const browser = tidemark.browser();
    await browser.post('/sign-in', { email: 'rotated@example.com', password: PASSWORD });
    const before = new Map(browser.cookies);
    const { secret } = (await browser.post('/totp/begin')) as { secret: string };
    await browser.post('/totp/confirm', { code: tidemark.codeNow(secret) });
    expect([...browser.cookies]).not.toEqual([...before]);
    const old = { ...browser.headers(), cookie: [...before].map(([name, value]) => `${name}=${value}`).join('; ') };
    tidemark.pass(3000);
    await expect(tidemark.identity.authenticate(old, '')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('are kept as hashes alone', async () => {
    const { browser } = await enrolled();
    const token = decodeURIComponent([...browser.cookies.values()].join()).split('.')[0] ?? '';
    expect(token.length).toBeGreaterThanOrEqual(32);
    const [row] = await tidemark.database.query<{ n: number }>(
      'select count(*)::int as n from sessions where token = $1 or strpos(sessions::text, $1) > 0',
      [token],
    );
    expect(row?.n).toBe(0);
  });

  test('that are used go on: half an hour is counted from the last use', async () => {
    const { id, browser } = await enrolled();
    await tidemark.database.query(
      "update sessions set last_seen_at = now() - interval '29 minutes' where user_id = $1",
      [id],
    );
    tidemark.pass(3000);
    expect(await callerOf(browser)).toMatchObject({ id });
    const [row] = await tidemark.database.query<{ idle: number }>(
      'select extract(epoch from now() - last_seen_at)::int as idle from sessions where user_id = $1',
      [id],
    );
    expect(row?.idle).toBeLessThan(60);
  });

  test('end when nobody used them for half an hour, and twelve hours after they were opened', async () => {
    for (const change of ["last_seen_at = now() - interval '31 minutes'", "expires_at = now() - interval '1 second'"]) {
      const { id, browser } = await enrolled();
      expect(await callerOf(browser)).toMatchObject({ id });
      await tidemark.database.query(`update sessions set ${change} where user_id = $1`, [id]);
      tidemark.pass(3000);
      await expect(callerOf(browser)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    const [row] = await tidemark.database.query<{ hours: number }>(
      'select extract(epoch from max(expires_at - created_at))::int / 3600 as hours from sessions',
    );
    expect(row?.hours).toBeLessThanOrEqual(12);
  });

  test('are ended by their owner, one or all others', async () => {
    const { email, browser, secret } = await enrolled();
    const other = tidemark.browser();
    await other.post('/sign-in', { email, password: PASSWORD });
    await other.post('/second-factor', { code: tidemark.codeNow(secret) });
    const caller = await callerOf(browser);
    expect(await tidemark.identity.sessions.list(caller)).toHaveLength(2);
    expect(await tidemark.identity.sessions.endOthers(caller)).toBe(1);
    await expect(callerOf(other)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await callerOf(browser)).toMatchObject({ id: caller.id });
  });

  test('end at once when the operator is disabled, who then can not sign in', async () => {
    const { id, email, browser } = await enrolled('operator');
    const { browser: admin } = await enrolled();
    await tidemark.identity.operators.disable(await callerOf(admin), { operatorId: id, reason: 'left' });
    await expect(callerOf(browser)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(browser.post('/sign-in', { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'sign-in-failed',
      message: 'the e-mail address or the password is wrong',
    });
  });

  test('end with the password that opened them: it is changed with the present one, in the session that asks', async () => {
    const { id, email, browser, secret } = await enrolled();
    const other = tidemark.browser();
    await other.post('/sign-in', { email, password: PASSWORD });
    await other.post('/second-factor', { code: tidemark.codeNow(secret) });
    const next = 'another horse, another battery';
    await expect(browser.post('/password', { current: 'a guess of some kind', next })).rejects.toMatchObject({
      code: 'sign-in-failed',
    });
    await expect(browser.post('/password', { current: PASSWORD, next: 'short' })).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'password' },
    });
    await browser.post('/password', { current: PASSWORD, next });
    await expect(callerOf(other)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await callerOf(browser)).toMatchObject({ id });
    await expect(other.post('/sign-in', { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'sign-in-failed',
    });
    expect(await other.post('/sign-in', { email, password: next })).toMatchObject({ next: 'second-factor' });
    expect(await typesOf(id)).toContain('PasswordChanged');
  });

  test('are ended by an administrator, with the reason in the operator’s own history', async () => {
    const { id, browser } = await enrolled('operator');
    const admin = await callerOf((await enrolled()).browser);
    const change = { operatorId: id, reason: 'a lost laptop' };
    expect(await tidemark.identity.operators.endSessions(admin, change)).toBe(1);
    await expect(callerOf(browser)).rejects.toMatchObject({ code: 'unauthenticated' });
    const me = { ...admin, id };
    const [last] = await tidemark.identity.accountHistory(me, 1);
    expect(last).toMatchObject({
      eventType: 'SessionEnded',
      data: { reason: `ended by ${admin.name}: a lost laptop` },
    });
    const listed = (await tidemark.identity.operators.list()).find(({ operatorId }) => operatorId === id);
    expect(listed).toMatchObject({ openSessions: 0, lastSignInAt: expect.any(String) });
  });

  test('have a cookie that no script reads and, with https, no other host sets', async () => {
    const secure = await startIdentity({ publicUrl: 'https://tidemark.example' });
    try {
      await secure.register('ada@example.com');
      const { cookies } = await secure.identity.answer({
        method: 'POST',
        path: '/sign-in',
        headers: { host: 'tidemark.example' },
        body: { email: 'ada@example.com', password: PASSWORD },
        address: '192.0.2.1',
      });
      const [cookie = ''] = cookies ?? [];
      expect(cookie).toMatch(/^__Host-tidemark-session=/);
      for (const part of [/; Secure/i, /; HttpOnly/i, /; Path=\/(;|$)/i, /; SameSite=Lax/i])
        expect(cookie).toMatch(part);
      expect(cookie).not.toMatch(/domain=/i);
    } finally {
      await secure.stop();
    }
  });
});

describe('tokens', () => {
  const ask = (token: string) => tidemark.identity.authenticate({ authorization: `Bearer ${token}` }, '');

  test('stand for their session, for five minutes, and end with it', async () => {
    const { id, browser } = await enrolled();
    const { token } = (await browser.post('/token')) as { token: string };
    expect(await ask(token)).toMatchObject({ kind: 'operator', id });
    const { header, payload } = parts(token);
    expect(header).toMatchObject({ alg: 'EdDSA' });
    expect(payload).toMatchObject({ aud: 'tidemark', iss: 'urn:tidemark:local', sub: id });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(300);
    await browser.post('/sign-out');
    await expect(ask(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    const later = await enrolled();
    const { token: other } = (await later.browser.post('/token')) as { token: string };
    tidemark.pass(301_000);
    await expect(ask(other)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('are refused with no algorithm, another one, a foreign key, a wrong audience or issuer', async () => {
    const { browser } = await enrolled();
    const { token } = (await browser.post('/token')) as { token: string };
    const { header, payload } = parts(token);
    const jwks = (await tidemark.identity.answer({
      method: 'GET',
      path: '/jwks',
      headers: { host: 'localhost:3000' },
      body: undefined,
      address: '',
    })) as { body: { keys: JWK[] } };
    const [published] = jwks.body.keys;
    expect(published).not.toHaveProperty('d');
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const foreign = await exportJWK(publicKey);
    const sign = (extra: object, claims: object = {}) =>
      new SignJWT({ ...payload, ...claims }).setProtectedHeader({ ...header, alg: 'EdDSA', ...extra }).sign(privateKey);
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const body = encode(payload);
    const hmacBy = (key: string) =>
      new SignJWT(payload).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(key));
    const forged = {
      none: `${encode({ ...header, alg: 'none' })}.${body}.`,
      'public key as a secret': await hmacBy(published?.x ?? ''),
      'public key set as a secret': await hmacBy(JSON.stringify(published)),
      'foreign key under our kid': await sign({}),
      'foreign kid': await sign({ kid: 'another' }),
      jwk: await sign({ jwk: foreign }),
      jku: await sign({ jku: 'https://attacker.example/jwks' }),
      audience: await sign({}, { aud: 'another' }),
      issuer: await sign({}, { iss: 'another' }),
      'changed payload': token.replace(/\.[^.]+\./, `.${encode({ ...payload, sub: 'another' })}.`),
    };
    for (const [how, one] of Object.entries(forged)) {
      await expect(ask(one), how).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    expect(await ask(token)).toMatchObject({ kind: 'operator' });
  });
});

function parts(token: string) {
  const [header, payload] = token
    .split('.')
    .slice(0, 2)
    .map((part) => {
      return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    });
  return { header: header ?? {}, payload: payload ?? {} };
}

describe('links and keys', () => {
  test('the first link makes the first operator, once', async () => {
    const fresh = await startIdentity({ mayPutOff: true });
    try {
      const link = (await fresh.identity.firstLink()) ?? '';
      const account = { link, email: 'first@example.com', name: 'First', password: PASSWORD };
      const browser = fresh.browser();
      await expect(browser.post('/account', { ...account, password: 'short' })).rejects.toMatchObject({
        details: { field: 'password' },
      });
      const both = await Promise.allSettled([
        browser.post('/account', account),
        fresh.browser().post('/account', { ...account, email: 'second@example.com' }),
      ]);
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await fresh.identity.firstLink()).toBeUndefined();
      expect(await fresh.identity.operators.list()).toHaveLength(1);
    } finally {
      await fresh.stop();
    }
  });

  test('a key is kept as a hash, does what its scopes say, and ends when revoked or expired', async () => {
    const admin = await callerOf((await enrolled()).browser);
    const { keys } = tidemark.identity;
    const { key, apiKey } = await keys.create(admin, { name: 'ci', role: 'operator', permissions: ['commands.send'] });
    const ask = (given: string) => tidemark.identity.authenticate({ authorization: `Bearer ${given}` }, '');
    expect(await ask(key)).toMatchObject({ kind: 'api-key', name: 'ci', permissions: ['commands.send'] });
    const [leak] = await tidemark.database.query('select 1 from api_keys where strpos(api_keys::text, $1) > 0', [key]);
    expect(leak).toBeUndefined();
    await keys.revoke(admin, apiKey.keyId);
    const unknown = {
      code: 'unauthenticated',
      message: expect.stringContaining('the key that was given is not known'),
    };
    await expect(ask(key)).rejects.toMatchObject(unknown);
    const short = await keys.create(admin, { name: 'short', role: 'viewer', expiresInDays: 1 });
    await tidemark.database.query("update api_keys set expires_at = now() - interval '1 s' where name = 'short'");
    await expect(ask(short.key)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(
      keys.create(admin, { name: 'more', role: 'viewer', permissions: ['commands.send'] }),
    ).rejects.toMatchObject({ details: { field: 'permissions' } });
  });
});
