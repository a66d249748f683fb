import { describe, expect, test } from 'vitest';
import { base32, codeAt, newTotpSecret, stepOf, totpUri } from './totp.ts';

// RFC 6238, appendix B: the secret "12345678901234567890", the last six of eight digits.
const secret = base32(Buffer.from('12345678901234567890'));

describe('time-based codes', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at %i s the code of the standard', (seconds, code) => {
    expect(codeAt(secret, Math.floor(seconds / 30))).toBe(code);
  });
  test('count one step before and after, and no further', () => {
    const now = new Date(1_234_567_890_000);
    const step = Math.floor(1_234_567_890 / 30);
    for (const near of [step - 1, step, step + 1]) expect(stepOf(secret, codeAt(secret, near), now)).toBe(near);
    for (const far of [step - 2, step + 2]) expect(stepOf(secret, codeAt(secret, far), now)).toBeUndefined();
    for (const wrong of ['', '12345', 'abcdef', '1234567']) expect(stepOf(secret, wrong, now)).toBeUndefined();
  });
  test('the address for the app names the account', () => {
    const uri = new URL(totpUri(newTotpSecret(), 'ada@example.com'));
    expect(decodeURIComponent(uri.pathname)).toContain('Tidemark:ada@example.com');
    expect(uri.searchParams.get('secret')).toMatch(/^[A-Z2-7]{32}$/);
  });
});
