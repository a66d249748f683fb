import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readSealed, writeSealed } from '#server/kernel/private-fields.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const OF_SECRET = 'tidemark server secret';

/** What wraps the keys of persons, and what names them; both of the server's secret, which no database holds. */
export type SubjectSecrets = { wrapping: Buffer; naming: Buffer };

/** A person's key. */
export type SubjectKey = { keyId: string; key: Buffer };

export function subjectSecrets(secret: string): SubjectSecrets {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `tidemark subject keys: ${use}`, 32));
  return { wrapping: derive('wrapping'), naming: derive('naming') };
}

export function newKey(): Buffer {
  return randomBytes(32);
}

/** A person's name as the table of keys has it. */
export function subjectHash({ naming }: SubjectSecrets, subject: string): string {
  return createHmac('sha256', naming).update(subject).digest('base64url');
}

export function wrapKey({ wrapping }: SubjectSecrets, { keyId, key }: SubjectKey): string {
  return encrypt(wrapping, randomBytes(IV_BYTES), keyId, key);
}

/** Throws where the key was wrapped under another secret. */
export function unwrapKey({ wrapping }: SubjectSecrets, keyId: string, wrapped: string): Buffer {
  return decrypt(wrapping, keyId, wrapped);
}

/** The server's own secret as the database keeps it: under the one of the settings. */
export function wrapSecret(settings: string, secret: string): string {
  return encrypt(secretKey(settings), randomBytes(IV_BYTES), OF_SECRET, Buffer.from(secret));
}

/** Undefined where it was wrapped under another one. */
export function unwrapSecret(settings: string, wrapped: string): string | undefined {
  try {
    return decrypt(secretKey(settings), OF_SECRET, wrapped).toString();
  } catch {
    return undefined;
  }
}

function secretKey(settings: string): Buffer {
  return Buffer.from(hkdfSync('sha256', settings, '', OF_SECRET, 32));
}

/**
 * AES-256-GCM under the person's key. The nonce is made of field and text, so that the same value is sealed alike: a
 * repeated command stays the same command, and a decider can tell whether a value changed. What that shows, within one
 * person and field, is equality alone.
 */
export function sealText({ keyId, key }: SubjectKey, field: string, text: string): string {
  const iv = createHmac('sha256', key).update(`${field}\0${text}`).digest().subarray(0, IV_BYTES);
  return writeSealed({ keyId, bytes: encrypt(key, iv, keyId, Buffer.from(text)) });
}

/** Undefined where the value was changed, or sealed by another key. */
export function openText({ keyId, key }: SubjectKey, sealed: string): string | undefined {
  const read = readSealed(sealed);
  if (read === undefined || read.keyId !== keyId) return undefined;
  try {
    return decrypt(key, keyId, read.bytes).toString();
  } catch {
    return undefined;
  }
}

function encrypt(key: Buffer, iv: Buffer, bound: string, plain: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function decrypt(key: Buffer, bound: string, text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
