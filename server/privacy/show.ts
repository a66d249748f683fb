import { FORGOTTEN, isSealed, MASK, readSealed, UNREADABLE } from '#server/kernel/private-fields.ts';
import { hasPrivate, keysOf, replaceValues, textsUnder } from './replace-values.ts';
import { openText } from './seal.ts';
import type { SubjectKeys } from './subject-keys.ts';

/** Fields that a read model makes of several others, so that what is masked there stands in them once more. */
const MADE_OF_VALUES: ReadonlySet<string> = new Set(['body', 'lexemes', 'stored', 'replayed']);

/** Shorter ones stand in every text. */
const CHARS_MIN = 4;

const NOTHING: ReadonlySet<string> = new Set();

type Showing = { how: 'opened' | 'masked'; names: ReadonlySet<string> };

/**
 * An answer for somebody: with what is sealed opened, or with it and every field of `names` masked. Keys are asked for
 * only where something is sealed, all of an answer's at once. Most answers have nothing private and are shown as they are:
 * one walk through them tells, where three would be made.
 */
export function show<Answer>(keys: SubjectKeys, answer: Answer, { how, names }: Showing): Promise<Answer> | Answer {
  const touched = hasPrivate(answer, how === 'masked' ? names : NOTHING);
  return touched ? showPrivate(keys, answer, { how, names }) : answer;
}

async function showPrivate<Answer>(keys: SubjectKeys, answer: Answer, { how, names }: Showing): Promise<Answer> {
  const ids = [...sealedIn(answer)];
  const known: Map<string, Buffer | null> = ids.length === 0 ? new Map() : await keys.byId(ids);
  const hidden = how === 'masked' ? [...textsUnder(answer, names)].filter((text) => text.length >= CHARS_MIN) : [];
  return replaceValues(answer, {
    names: how === 'masked' ? names : NOTHING,
    masked: MASK,
    text(value, name) {
      if (isSealed(value)) return shownText(value, known, how);
      return hidden.length > 0 && MADE_OF_VALUES.has(name) ? withoutTexts(value, name, hidden) : value;
    },
  }) as Answer;
}

function shownText(sealed: string, known: ReadonlyMap<string, Buffer | null>, how: 'opened' | 'masked'): string {
  const keyId = readSealed(sealed)?.keyId;
  const key = keyId === undefined ? undefined : known.get(keyId);
  if (keyId === undefined || key === undefined) return UNREADABLE;
  if (key === null) return FORGOTTEN;
  return how === 'masked' ? MASK : (openText({ keyId, key }, sealed) ?? UNREADABLE);
}

/** Ids of the keys by which something in a value is sealed. */
export function sealedIn(value: unknown, into = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    const keyId = isSealed(value) ? readSealed(value)?.keyId : undefined;
    if (keyId !== undefined) into.add(keyId);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of keysOf(value)) sealedIn((value as Record<string, unknown>)[key], into);
  }
  return into;
}

/** Lexemes are the words of the values, each for itself: nothing is left of those of a row that has a masked one. */
function withoutTexts(value: string, name: string, hidden: readonly string[]): string {
  if (name === 'lexemes') return MASK;
  return hidden.reduce((text, one) => text.replaceAll(one, MASK), value);
}
