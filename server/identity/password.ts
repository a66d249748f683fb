import { hash, verify } from '@node-rs/argon2';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { TidemarkError } from '#server/kernel/errors.ts';

/** argon2id (the library's default kind) at OWASP's first recommendation: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const CHARACTERS_MIN = 12;
const CHARACTERS_MAX = 256;

/** Compared with where nobody has the address, so that the answer takes as long. */
const nobodys = hash('nobody has this password', COST);

/** Tries by which a password must not be found: seconds for who has the hash, and days over the front door. */
const GUESSES_MIN = 1e9;

/** Of a password that is looked at: all 256 may take 0.3 s, in which nobody else is answered. */
const GUESSED_CHARACTERS_MAX = 64;

/**
 * Refuses a password that is too short or too long, and one that is soon guessed: among the most used ones, a word over
 * and over, a row of the keyboard, or made of its owner's name, address or the product's name. What kinds of characters
 * it has does not matter.
 */
export async function checkPassword(password: string, owner: { email: string; name: string }): Promise<void> {
  if (password.length < CHARACTERS_MIN || password.length > CHARACTERS_MAX) {
    throw refused(`must have ${CHARACTERS_MIN} to ${CHARACTERS_MAX} characters`);
  }
  // Its words are a megabyte that most processes never need.
  guesser ??= makeGuesser();
  const { guesses, sequence } = (await guesser).check(password, ['tidemark', ...wordsOf(owner)]);
  if (guesses >= GUESSES_MIN) return;
  const patterns = sequence.map((match) => ('dictionaryName' in match ? match.dictionaryName : match.pattern));
  const why = patterns.includes('userInputs')
    ? 'must not be made of your name, your address or the name of this product'
    : patterns.includes('repeat')
      ? 'must not say the same over and over'
      : patterns.every((pattern) => pattern === 'sequence' || pattern === 'spatial')
        ? 'must not follow the alphabet, the numbers or the keyboard'
        : 'must not be one of the most used, or made of their words';
  throw refused(`${why}; four words that have nothing to do with each other are good`);
}

let guesser: Promise<ZxcvbnFactory> | undefined;

async function makeGuesser(): Promise<ZxcvbnFactory> {
  const [core, common] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
  return new core.ZxcvbnFactory({
    dictionary: common.dictionary,
    graphs: common.adjacencyGraphs,
    maxLength: GUESSED_CHARACTERS_MAX,
  });
}

/** The name and the address whole, and what they are made of. */
function wordsOf({ email, name }: { email: string; name: string }): string[] {
  return [email, name, ...`${email} ${name}`.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}

function refused(why: string): TidemarkError {
  return new TidemarkError('bad-request', `password ${why}`, { field: 'password' });
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether it is the right one; `passwordHash` undefined: never, in the same time. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodys), password.slice(0, CHARACTERS_MAX));
  return right && typeof passwordHash === 'string';
}
