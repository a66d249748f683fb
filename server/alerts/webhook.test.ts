import { describe, expect, test } from 'vitest';
import { AddressRefusedError, isPublicAddress, resolveTarget } from '#server/outbound/target-address.ts';
import { ATTEMPTS_MAX, retryAfterSeconds } from './deliver-webhooks.ts';
import { alertStep } from './watch-objectives.ts';
import { sign, verify } from './webhook-signature.ts';

describe('where a webhook may go', () => {
  test.each(['93.184.216.34', '8.8.8.8', '2606:4700:4700::1111'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  test.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    'fd00::1',
    'fe80::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'not an address',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  const to =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: 4 }));

  test('a name goes by what it means: one internal address among them is enough to refuse', async () => {
    await expect(resolveTarget('https://hooks.example/x', [], to('93.184.216.34', '10.0.0.7'))).rejects.toThrow(
      AddressRefusedError,
    );
    const { address } = await resolveTarget('https://hooks.example/x', [], to('93.184.216.34'));
    expect(address).toBe('93.184.216.34');
  });

  test('an internal one goes where it is listed, by host or by host and port', async () => {
    const refused = (url: string, allowed: string[]) =>
      expect(resolveTarget(url, allowed, to('127.0.0.1'))).rejects.toThrow(AddressRefusedError);
    await refused('http://127.0.0.1:9000/x', []);
    await refused('http://localhost:9000/x', ['localhost:9001']);
    await refused('http://2130706433/x', []);
    await refused('http://[::1]:9000/x', ['127.0.0.1:9000']);
    expect(await resolveTarget('http://127.0.0.1:9000/x', ['127.0.0.1:9000'])).toMatchObject({ address: '127.0.0.1' });
    expect(await resolveTarget('http://hooks.internal/x', ['hooks.internal'], to('10.0.0.7'))).toMatchObject({
      address: '10.0.0.7',
    });
  });

  test('only http and https go', async () => {
    await expect(resolveTarget('file:///etc/passwd', [])).rejects.toThrow(AddressRefusedError);
  });
});

describe('the signature of a webhook', () => {
  const secret = 's'.repeat(32);
  const signature = sign('{"a":1}', secret, 1_000_000);
  const check = (body: string, given: string, nowSeconds = 1_000_010) => verify(body, given, { secret, nowSeconds });

  test('holds for its body, its time and its secret alone', () => {
    expect(check('{"a":1}', signature)).toBe(true);
    expect(check('{"a":2}', signature)).toBe(false);
    expect(check('{"a":1}', signature, 1_000_400)).toBe(false);
    expect(check('{"a":1}', signature.replace('t=1000000', 't=1000001'))).toBe(false);
    expect(check('{"a":1}', sign('{"a":1}', 'other'.repeat(8), 1_000_000))).toBe(false);
    expect(check('{"a":1}', 'v1=')).toBe(false);
  });
});

test('a delivery is tried again later and later, then given up', () => {
  const delays = Array.from({ length: ATTEMPTS_MAX }, (_, index) => retryAfterSeconds(index + 1));
  expect(delays.slice(0, 4)).toEqual([1, 2, 4, 8]);
  expect(Math.max(...delays.slice(0, -1).map(Number))).toBe(3600);
  expect(delays.at(-1)).toBeNull();
});

describe('an alert', () => {
  const lag = { objectiveSeconds: 5, eta: null, trend: 'steady', cause: null, message: null } as const;
  const step = (lagSeconds: number, open?: number, calmSince?: number) =>
    alertStep({ lagSeconds, lag }, open === undefined ? undefined : { worstSeconds: open }, {
      calmSince,
      nowMs: 100_000,
    });

  test('is raised past the objective, keeps its worst, and is resolved after ten quiet seconds', () => {
    expect(step(5)).toBe('nothing');
    expect(step(5.1)).toBe('raise');
    expect(step(8, 6)).toBe('note');
    expect(step(6, 8)).toBe('nothing');
    expect(step(0, 8, 95_000)).toBe('nothing');
    expect(step(0, 8, 90_000)).toBe('resolve');
  });
});
