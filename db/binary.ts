/*
 * Columns in Postgres's binary form, for `Database.read`: the length in four bytes, then the value; `at` is where the
 * length stands. Each function reads one type of a column that is not null.
 */

const TWO_TO_32 = 4_294_967_296;
/** Postgres counts its microseconds from the year 2000. */
const EPOCH_MS = 946_684_800_000;

export function isNull(answer: Buffer, at: number): boolean {
  return answer.readInt32BE(at) < 0;
}

/** Where the next column's length stands. */
export function afterColumn(answer: Buffer, at: number): number {
  return at + 4 + Math.max(0, answer.readInt32BE(at));
}

/** int8 up to 2^53: positions have 40 bits, versions fewer, and a BigInt would cost as much as the rest of a row. */
export function int8At(answer: Buffer, at: number): number {
  return answer.readInt32BE(at + 4) * TWO_TO_32 + answer.readUInt32BE(at + 8);
}

export function textAt(answer: Buffer, at: number): string {
  return answer.toString('utf8', at + 4, afterColumn(answer, at));
}

/** A text whose characters are known to be of ASCII. */
export function latin1At(answer: Buffer, at: number): string {
  return answer.toString('latin1', at + 4, afterColumn(answer, at));
}

/** Its text follows a byte that tells the version of the form. */
export function jsonbAt(answer: Buffer, at: number): unknown {
  return JSON.parse(answer.toString('utf8', at + 5, afterColumn(answer, at)));
}

export function jsonAt(answer: Buffer, at: number): unknown {
  return JSON.parse(textAt(answer, at));
}

/** timestamptz in milliseconds since 1970, cut, not rounded. */
export function timestampAt(answer: Buffer, at: number): number {
  return Math.floor(int8At(answer, at) / 1000) + EPOCH_MS;
}

const DIGITS = Buffer.from('0123456789abcdef');
const uuid = Buffer.alloc(36, '-');

/** By the letters, because `toString('hex')` and five slices make a text of nine parts. */
export function uuidAt(answer: Buffer, at: number): string {
  let to = 0;
  for (let from = at + 4; from < at + 20; from += 1) {
    const byte = answer[from] as number;
    uuid[to] = DIGITS[byte >> 4] as number;
    uuid[to + 1] = DIGITS[byte & 15] as number;
    to += to === 6 || to === 11 || to === 16 || to === 21 ? 3 : 2;
  }
  return uuid.toString('latin1');
}
