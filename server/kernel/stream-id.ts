import { TidemarkError } from './errors.ts';

/** `<category>-<id>`; the category ends at the first `-`. */
export type StreamId = string & { readonly __streamId: unique symbol };

/** Bytes of UTF-8 a stream id may take: it stands in two indexes, and a B-tree entry ends at some 2,700 bytes. */
export const STREAM_ID_BYTES_MAX = 512;

const CATEGORY_PATTERN = /^[A-Za-z][A-Za-z0-9_.]{0,62}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;

/** Parses what a caller sent as a stream id; `field` is the name in the error. Throws `bad-request`. */
export function parseStreamId(value: string, field = 'streamId'): StreamId {
  const fail = (why: string) => new TidemarkError('bad-request', `${field} ${why}`, { field });
  if (Buffer.byteLength(value) > STREAM_ID_BYTES_MAX) throw fail(`must be at most ${STREAM_ID_BYTES_MAX} bytes`);
  if (!value.isWellFormed()) throw fail('must be well-formed Unicode, without lone surrogates');
  if (CONTROL_CHARACTERS.test(value)) throw fail('must not contain control characters');
  const dash = value.indexOf('-');
  if (dash < 1 || dash === value.length - 1) throw fail('must be a category, "-" and an id, such as order-7f3');
  if (!CATEGORY_PATTERN.test(value.slice(0, dash))) {
    throw fail('must begin with a category of letters, digits, "_" and ".", at most 63 of them, the first a letter');
  }
  return value as StreamId;
}

/** The category of a stream: what stands before the first `-`. */
export function categoryOf(streamId: StreamId): string {
  return streamId.slice(0, streamId.indexOf('-'));
}

/**
 * Where the streams of a category stand among all, in the order of their ids by bytes: from `from` to before `below`. A
 * full stop is the byte after the hyphen, and no category has a hyphen. Without a category, all of them.
 */
export function rangeOfStreams(category?: string): { from: string; below: string } {
  return category === undefined ? { from: '', below: '\u{10FFFF}' } : { from: `${category}-`, below: `${category}.` };
}
