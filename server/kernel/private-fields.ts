import type { Json, JsonObject } from './json.ts';

/** What stands in an answer in place of a value that is not shown. */
export const MASK = '•••';

/** What stands there in place of a personal value whose key was destroyed. */
export const FORGOTTEN = '(forgotten)';

/** What stands there in place of a sealed value that no key opens: it was changed by hand, or sealed elsewhere. */
export const UNREADABLE = '(can not be opened)';

/**
 * A field of a category's data that is not for everybody. The name is the same in commands, events and the state, where
 * it stands at the top. `subject`: the field that names the person, by whose key the value is sealed.
 */
export type PrivateField = { name: string; subject: string | null };

const SEALED = 'sealed:v1:';

/** A personal value as it is kept: `sealed:v1:<key id>:<bytes in base64url>`. Without the key it says nothing. */
export type Sealed = { keyId: string; bytes: string };

export function isSealed(value: Json | undefined): boolean {
  return typeof value === 'string' && value.startsWith(SEALED);
}

export function writeSealed({ keyId, bytes }: Sealed): string {
  return `${SEALED}${keyId}:${bytes}`;
}

/** Undefined where it only looks like one. */
export function readSealed(value: string): Sealed | undefined {
  const [keyId, bytes, ...more] = value.slice(SEALED.length).split(':');
  const isOne = keyId !== undefined && bytes !== undefined && more.length === 0 && /^[0-9a-f-]{36}$/.test(keyId);
  return isOne ? { keyId, bytes } : undefined;
}

/** Takes the place of an event's data that was removed; the event keeps its place, id, type and metadata. */
export const REDACTED = '$redacted';

export type Redaction = { reason: string; actor: string; at: string };

/** Whether the data was removed. What acts on events passes such a one over: it changes no state. */
export function isRedacted(data: JsonObject): boolean {
  return REDACTED in data;
}

const WORD_ENDS = /[^\p{L}\p{N}_$]+/u;

/**
 * Whether a path or a condition, such as `/trackingNumber`, `data.trackingNumber = "1"` or `lines[0]["part no"]`, passes
 * through one of the names. Keys may be written with escapes, as JSON allows; a
 * name with other signs than a word's, such as `card-number`, is looked for as it is.
 */
export function passesThrough(text: string, names: ReadonlySet<string>): boolean {
  const plain = text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const keys = [...plain.matchAll(/"([^"]*)"/g)].map(([, key = '']) => key);
  if ([...plain.split(WORD_ENDS), ...keys].some((part) => names.has(part))) return true;
  return [...names].some((name) => WORD_ENDS.test(name) && plain.includes(name));
}
