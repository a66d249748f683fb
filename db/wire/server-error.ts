/** What the server says of a failure, by the letters of its fields. */
const FIELDS: Record<string, string> = {
  S: 'severity',
  D: 'detail',
  H: 'hint',
  W: 'where',
  t: 'table_name',
  c: 'column_name',
  n: 'constraint_name',
  R: 'routine',
};

/** An error of the server; `code` is its SQLSTATE. */
export class ServerError extends Error {
  code = '';
  severity?: string;
  detail?: string;
  hint?: string;
  where?: string;
  table_name?: string;
  column_name?: string;
  constraint_name?: string;
  routine?: string;
  override name = 'PostgresError';
}

/** Reads the fields of an error: a letter and a text that ends with a zero each. */
export function readServerError(bytes: Buffer, from: number, to: number): ServerError {
  const error = new ServerError();
  for (const part of bytes.toString('utf8', from, to).split('\0')) {
    const [letter = ''] = part;
    const text = part.slice(1);
    const field = FIELDS[letter];
    if (letter === 'M') error.message = text;
    else if (letter === 'C') error.code = text;
    else if (field !== undefined) Object.assign(error, { [field]: text });
  }
  return error;
}
