/** Messages to the server, as "Message Formats" of the PostgreSQL manual has them (protocol 3.0). */

const SYNC = message('S', 0);
const COPY_DONE = message('c', 0);
export const TERMINATE = message('X', 0);

/** Statements as text, several of them where they are separated by semicolons. */
export function queryMessage(text: string): Buffer {
  const bytes = message('Q', Buffer.byteLength(text) + 1);
  bytes.write(text, 5);
  return bytes;
}

/** Prepares a statement and asks for its parameters and columns; `name` is empty for one that is used once. */
export function prepareMessages(name: string, text: string): Buffer {
  const nameBytes = Buffer.byteLength(name) + 1;
  const parse = message('P', nameBytes + Buffer.byteLength(text) + 1 + 2);
  parse.write(name, 5);
  parse.write(text, 5 + nameBytes);
  const describe = message('D', 1 + nameBytes);
  describe.write(`S${name}`, 5);
  return Buffer.concat([parse, describe]);
}

const SYNC_BYTES = 5;
const EXECUTE_BYTES = 10;

/** Runs a prepared statement; its rows come as text, or each column in its type's binary form. */
export function runMessages(name: string, parameters: readonly (string | null)[], binary: boolean): Buffer {
  const nameBytes = Buffer.byteLength(name) + 1;
  const lengths = parameters.map((parameter) => (parameter === null ? -1 : Buffer.byteLength(parameter)));
  let body = 4 + 1 + nameBytes + 2 + 2 + 4 * lengths.length + (binary ? 4 : 2);
  for (const length of lengths) if (length > 0) body += length;
  const bytes = Buffer.allocUnsafe(1 + body + EXECUTE_BYTES + SYNC_BYTES);
  bytes[0] = 0x42;
  bytes.writeInt32BE(body, 1);
  bytes[5] = 0;
  let at = 6 + bytes.write(name, 6);
  bytes[at] = 0;
  bytes.writeInt16BE(0, at + 1);
  bytes.writeInt16BE(lengths.length, at + 3);
  at += 5;
  for (const [index, length] of lengths.entries()) {
    bytes.writeInt32BE(length, at);
    at += 4;
    if (length > 0) at += bytes.write(parameters[index] ?? '', at);
  }
  bytes.writeInt16BE(binary ? 1 : 0, at);
  at += 2;
  if (binary) {
    bytes.writeInt16BE(1, at);
    at += 2;
  }
  // Execute of the unnamed portal, all rows.
  bytes[at] = 0x45;
  bytes.writeInt32BE(EXECUTE_BYTES - 1, at + 1);
  bytes.fill(0, at + 5, at + EXECUTE_BYTES);
  SYNC.copy(bytes, at + EXECUTE_BYTES);
  return bytes;
}

/** `messages`, and the point up to which the server answers. */
export function withSync(messages: Buffer): Buffer {
  return Buffer.concat([messages, SYNC]);
}

export function copyMessage(text: string): Buffer {
  const bytes = message('d', Buffer.byteLength(text));
  bytes.write(text, 5);
  return bytes;
}

export function copyDoneMessage(): Buffer {
  return COPY_DONE;
}

/** A message of zeros with its letter and its length. */
function message(letter: string, body: number): Buffer {
  const bytes = Buffer.alloc(5 + body);
  bytes.write(letter);
  bytes.writeInt32BE(4 + body, 1);
  return bytes;
}

/** Begins a transaction, without a point of answer behind it: what is sent next is part of it. */
export const BEGIN = beginMessages();

function beginMessages(): Buffer {
  const text = 'begin';
  const parse = message('P', 1 + text.length + 1 + 2);
  parse.write(text, 6);
  // Of the unnamed portal and the unnamed statement: no formats, no parameters, no columns.
  const bind = message('B', 2 + 6);
  const execute = message('E', 1 + 4);
  return Buffer.concat([parse, bind, execute]);
}
