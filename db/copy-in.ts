import type { Connection } from './connection.ts';

/** Rows of one message: some 100 kB, so that neither side makes room for all of them at once. */
const ROWS_A_MESSAGE = 200;

/**
 * Sends rows by COPY. postgres.js resolves the query with the stream as soon as the server waits for data, and what the
 * server says afterwards goes to a promise that is settled already: so its rejection is taken before it gets there.
 */
export async function copyIn({ sql }: Connection, statement: string, rows: readonly string[]): Promise<void> {
  const copying = sql.unsafe(statement);
  const settling = copying as unknown as { reject(error: unknown): void };
  await new Promise<void>((resolve, reject) => {
    const toDriver = settling.reject;
    settling.reject = (error) => {
      reject(error);
      toDriver(error);
    };
    copying.writable().then((stream) => {
      stream.once('error', reject);
      for (let start = 0; start < rows.length; start += ROWS_A_MESSAGE) {
        stream.write(`${rows.slice(start, start + ROWS_A_MESSAGE).join('\n')}\n`);
      }
      stream.end(resolve);
    }, reject);
  });
}

/** A text as COPY's text format has it, in which the backslash begins what can't stand for itself. */
export function copyText(text: string): string {
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => ESCAPED[character] ?? character) : text;
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
