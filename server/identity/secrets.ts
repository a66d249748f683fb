import { createHmac, hash, randomBytes } from 'node:crypto';

/** A secret of 256 bits that goes to one person, once. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of such a secret. 256 random bits need no slow hash. */
export function hashOf(secret: string): string {
  return hash('sha256', secret);
}

/**
 * The id of the operator with this e-mail address: the same whether or not there is one, so that the history of tries,
 * and with it every delay, is kept for unknown addresses in the same way.
 */
export function operatorIdOf(secret: string, email: string): string {
  const hex = keyedHash(secret, `operator:${email}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Names an address in a stream id without showing it. */
export function addressIdOf(secret: string, address: string): string {
  return keyedHash(secret, `address:${address}`).slice(0, 24);
}

function keyedHash(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}
