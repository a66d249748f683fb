import { hash, verify } from '@node-rs/argon2';
import { TidemarkError } from '#server/kernel/errors.ts';

/** argon2id (the library's default kind) at OWASP's first recommendation: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const CHARACTERS_MIN = 12;
const CHARACTERS_MAX = 256;

/** Compared with where nobody has the address, so that the answer takes as long. */
const nobodys = hash('nobody has this password', COST);

/** Refuses a password that is too short or too long; nothing else makes one better. */
export function checkPassword(password: string): void {
  if (password.length >= CHARACTERS_MIN && password.length <= CHARACTERS_MAX) return;
  throw new TidemarkError('bad-request', `password must have ${CHARACTERS_MIN} to ${CHARACTERS_MAX} characters`, {
    field: 'password',
  });
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether it is the right one; `passwordHash` undefined: never, in the same time. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodys), password.slice(0, CHARACTERS_MAX));
  return right && typeof passwordHash === 'string';
}
