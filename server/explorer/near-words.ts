import type { Database } from '#db/database.ts';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import { lettersApart } from '#server/kernel/letters-apart.ts';

/** Shorter words have too many neighbours, longer ones are ids. */
const CHARS_MIN = 4;
const CHARS_MAX = 24;
const NEAR_TYPES_MAX = 3;

const TYPES = `select distinct event_type as "eventType" from density where bucket_seconds = ${WIDEST_LEVEL}`;

/**
 * What may have been meant by each word: itself, its slips, and words of event types that are spelt like it. Trigrams
 * see neither: two letters changed over leave few, and types are not in the text that has them.
 */
export async function nearWords(database: Database, words: readonly string[]): Promise<string[][]> {
  const types = await database.query<{ eventType: string }>(TYPES);
  const known = new Set(types.flatMap(({ eventType }) => wordsOfType(eventType)));
  return words.map((word) => [...new Set([word, ...slipsOf(word), ...nearOf(word, known)])]);
}

/** Types whose whole names are spelt like a word: `OrderShiped` is `OrderShipped`. */
export async function nearTypes(database: Database, word: string): Promise<string[]> {
  const types = await database.query<{ eventType: string }>(TYPES);
  const byName = new Map(types.map(({ eventType }) => [eventType.toLowerCase(), eventType]));
  return nearOf(word.toLowerCase(), new Set(byName.keys())).map((name) => byName.get(name) ?? name);
}

/** The words that one becomes where two neighbours are put right, or one letter too many is taken away. */
export function slipsOf(word: string): string[] {
  const letters = Array.from(word);
  if (letters.length < CHARS_MIN || letters.length > CHARS_MAX) return [];
  const swapped = letters
    .slice(1)
    .map((letter, at) => [...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)].join(''));
  const shorter = letters.map((_, at) => [...letters.slice(0, at), ...letters.slice(at + 1)].join(''));
  return [...new Set([...swapped, ...shorter])].filter((slip) => slip !== word);
}

/** Of known words those that are a letter or two away, the nearest first; of a short word one letter. */
export function nearOf(word: string, known: ReadonlySet<string>): string[] {
  if (word.length < CHARS_MIN || word.length > CHARS_MAX) return [];
  const most = word.length >= 7 ? 2 : 1;
  return [...known]
    .map((one) => ({ one, apart: Math.abs(one.length - word.length) > most ? most + 1 : lettersApart(word, one) }))
    .filter(({ apart }) => apart > 0 && apart <= most)
    .sort((a, b) => a.apart - b.apart || (a.one < b.one ? -1 : 1))
    .slice(0, NEAR_TYPES_MAX)
    .map(({ one }) => one);
}

/** `OrderDelivered` in its words, as the index has them. */
function wordsOfType(eventType: string): string[] {
  const spaced = eventType.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.match(/[\p{L}\p{N}]+/gu) ?? [];
}
