import { TidemarkError } from './errors.ts';

/** Objects within objects, at most. */
const DEPTH_MAX = 32;

type Place = { value: unknown; path: string; depth: number };

/**
 * Refuses what Postgres or JavaScript would change without a word: U+0000 and lone surrogates (Postgres stores neither),
 * integers past 2^53-1 and infinities (JSON.parse has rounded them already), keys named `__proto__`, and nesting deeper
 * than 32. Throws `bad-request` that names the place, as `data.lines[0].quantity`. Walks without recursion, so that a
 * hostile depth can't exhaust the stack.
 */
export function checkJson(value: unknown, field: string): void {
  if (isClean(value, 0)) return;
  const places: Place[] = [{ value, path: field, depth: 0 }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const why = faultOf(place);
    if (why !== undefined) throw new TidemarkError('bad-request', `${place.path} ${why}`, { field: place.path });
    places.push(...childrenOf(place));
  }
}

/** The same without the place, because nearly every value is right: a tenth of the time. Its depth is bounded. */
function isClean(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return faultOfText(value) === undefined;
  if (typeof value === 'number') return faultOfNumber(value) === undefined;
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEPTH_MAX) return false;
  if (Array.isArray(value)) return value.every((item) => isClean(item, depth + 1));
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || faultOfText(key) !== undefined) return false;
    if (!isClean((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

function faultOf({ value, depth }: Place): string | undefined {
  if (depth > DEPTH_MAX) return `must not be nested deeper than ${DEPTH_MAX}`;
  if (typeof value === 'string') return faultOfText(value);
  if (typeof value === 'number') return faultOfNumber(value);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const key of Object.keys(value)) {
      if (key === '__proto__') return 'must not have a key named __proto__';
      const why = faultOfText(key);
      if (why !== undefined) return `has a key that ${why}`;
    }
  }
  return undefined;
}

function faultOfText(text: string): string | undefined {
  if (text.includes('\u0000')) return 'must not contain \\u0000, which Postgres does not store';
  if (!text.isWellFormed()) return 'must be well-formed Unicode, without lone surrogates';
  return undefined;
}

function faultOfNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return 'must be a number within the range of a double';
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return 'must lie within ±9007199254740991: a larger integer loses digits, send it as a string';
  }
  return undefined;
}

function childrenOf({ value, path, depth }: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    return value.map((item, index) => ({ value: item, path: `${path}[${index}]`, depth: depth + 1 }));
  }
  return Object.entries(value).map(([key, item]) => ({ value: item, path: `${path}.${key}`, depth: depth + 1 }));
}
