import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What every authenticator app takes for granted (RFC 6238): SHA-1, 6 digits, 30 s. */
const STEP_SECONDS = 30;
const DIGITS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret of 160 bits, in Base32 as people type it. */
export function newTotpSecret(): string {
  return base32(randomBytes(20));
}

/** What an authenticator app reads from the picture. */
export function totpUri(secret: string, account: string): string {
  const query = new URLSearchParams({ secret, issuer: 'Tidemark', algorithm: 'SHA1', digits: '6', period: '30' });
  return `otpauth://totp/Tidemark:${encodeURIComponent(account)}?${query}`;
}

/** The time step that `code` is of, at most one before or after now; undefined where it is of none. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const current = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
  const steps = [current, current - 1, current + 1].filter((step) => same(codeAt(secret, step), code));
  return steps[0];
}

/** The code of a time step. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
}

function same(expected: string, given: string): boolean {
  return given.length === expected.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}

/** RFC 4648 without padding. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
