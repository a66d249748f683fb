import { toIso } from '#db/iso-time.ts';
import { arrayParserOf, arrayToText } from './arrays.ts';

const JSON_TYPES = new Set([114, 3802]);
const TIMESTAMPTZ = 1184;
const BYTEA = 17;

/** Reads a value from Postgres's text. */
export type ParseText = (text: string) => unknown;

const toNumber: ParseText = (text) => Number(text);

/** By the type's oid. What is not here stays text, as do those that may not fit a double: int8, numeric, xid8. */
const PARSERS: Record<number, ParseText> = {
  16: (text) => text === 't',
  21: toNumber,
  23: toNumber,
  26: toNumber,
  700: toNumber,
  701: toNumber,
  114: (text) => JSON.parse(text),
  3802: (text) => JSON.parse(text),
  [TIMESTAMPTZ]: toIso,
  [BYTEA]: (text) => Buffer.from(text.slice(2), 'hex'),
};

/** How a column of this type is read; undefined where it stays text. */
export function parserOf(type: number): ParseText | undefined {
  return PARSERS[type] ?? arrayParserOf(type);
}

/** A parameter as Postgres's text, by the type that the server expects; null for NULL. */
export function toText(value: unknown, type: number): string | null {
  if (value === null) return null;
  if (value === undefined) throw new TypeError('a parameter of a statement is undefined');
  if (JSON_TYPES.has(type)) return JSON.stringify(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return arrayToText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  throw new TypeError(`a parameter of a statement is ${typeof value}, which type ${type} can't be`);
}
