import { type ParseText, parserOf } from './values.ts';

/** What the server said of a statement: the types of its parameters and its columns. */
export type Shape = { types: number[]; columns: Column[] };
type Column = { name: string; parse: ParseText | undefined };

const [COLUMNS, PARAMETERS] = [0x54, 0x74];

/** Keeps what a message tells of the statement; others are passed over. */
export function takeShape(shape: Shape, type: number, bytes: Buffer, at: number): void {
  const count = type === COLUMNS || type === PARAMETERS ? bytes.readInt16BE(at) : 0;
  if (type === PARAMETERS) {
    shape.types = Array.from({ length: count }, (_, index) => bytes.readInt32BE(at + 2 + 4 * index));
  } else if (type === COLUMNS) shape.columns = readColumns(count, bytes, at + 2);
}

/** A column is its name, a zero, and 18 bytes, of which the seventh to the tenth are its type. */
function readColumns(count: number, bytes: Buffer, start: number): Column[] {
  let at = start;
  return Array.from({ length: count }, () => {
    const zero = bytes.indexOf(0, at);
    const column = { name: bytes.toString('utf8', at, zero), parse: parserOf(bytes.readInt32BE(zero + 7)) };
    at = zero + 19;
    return column;
  });
}

/** A row in text form, by the names of its columns. */
export function readTexts(columns: readonly Column[], bytes: Buffer, start: number): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  let at = start;
  for (const { name, parse } of columns) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length < 0) row[name] = null;
    else {
      const text = bytes.toString('utf8', at, at + length);
      row[name] = parse === undefined ? text : parse(text);
      at += length;
    }
  }
  return row;
}
