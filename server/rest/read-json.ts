import type { IncomingMessage } from 'node:http';
import { TidemarkError } from '#server/kernel/errors.ts';

/** Of a request's body; imports go another way. */
export const BODY_BYTES_MAX = 256 * 1024;

/** Reads a JSON body. Rejects with `unsupported-media-type`, `payload-too-large` or `bad-request`. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new TidemarkError('unsupported-media-type', 'the body must be sent as Content-Type: application/json', {
      field: 'Content-Type',
    });
  }
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES_MAX) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  const text = decodeUtf8(Buffer.concat(chunks));
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TidemarkError('bad-request', `the body is not JSON: ${why.slice(0, 200)}`, { field: 'body' });
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TidemarkError('bad-request', 'the body is not UTF-8', { field: 'body' });
  }
}

function tooLarge(): TidemarkError {
  return new TidemarkError('payload-too-large', `the body must be at most ${BODY_BYTES_MAX} bytes`, { field: 'body' });
}
