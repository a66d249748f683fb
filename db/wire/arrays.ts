import { parse as parseQuoted } from 'postgres-array';

/** Reads one value of an array from Postgres's text. */
type ParseOne = (text: string) => unknown;

const toNumber: ParseOne = (text) => Number(text);
const toText: ParseOne = (text) => text;
const toJson: ParseOne = (text) => JSON.parse(text);
const toBoolean: ParseOne = (text) => text === 't';
const toTime: ParseOne = (text) => new Date(text).toISOString();

/** Arrays by the oid of their type (`typarray` in `pg_type`); a value is read as outside of an array. */
const ARRAYS: Record<number, ParseOne> = {
  199: toJson,
  3807: toJson,
  1000: toBoolean,
  1005: toNumber,
  1007: toNumber,
  1021: toNumber,
  1022: toNumber,
  1028: toNumber,
  // What may not fit a double stays text: int8, numeric, xid8.
  1016: toText,
  1231: toText,
  271: toText,
  1003: toText,
  1009: toText,
  1015: toText,
  2951: toText,
  1185: toTime,
};

/** How an array of this type is read; undefined where it is none. */
export function arrayParserOf(type: number): ((text: string) => unknown[]) | undefined {
  const parseOne = ARRAYS[type];
  return parseOne && ((text) => parseArray(text, parseOne));
}

function parseArray(text: string, parseOne: ParseOne): unknown[] {
  // Numbers, ids and most names come unquoted: a split is some ten times as quick as reading by characters.
  if (text === '{}') return [];
  if (/["\\]|^.+\{/.test(text)) return parseQuoted(text, parseOne);
  return text
    .slice(1, -1)
    .split(',')
    .map((one) => (one === 'NULL' ? null : parseOne(one)));
}

/** An array as Postgres's text has it; what is no number, text or time is JSON. */
export function arrayToText(value: readonly unknown[]): string {
  return `{${value.map(serializeOne).join(',')}}`;
}

function serializeOne(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return arrayToText(value);
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
