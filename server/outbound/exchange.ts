import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Target } from './target-address.ts';

/** Of an answer; what is larger is cut off with an error. */
const ANSWER_BYTES_MAX = 1024 * 1024;

export type Exchange = { status: number; type: string; text: string };

/**
 * Asks the address that was checked and reads the answer, until `signal` ends it. Redirects are not followed: they would
 * lead round the check.
 */
export function exchange(
  { url, address, family }: Target,
  { method, body, headers }: { method: 'GET' | 'POST'; body?: string; headers: Record<string, string> },
  signal: AbortSignal,
): Promise<Exchange> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        headers: body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        lookup: (_, options, done) => {
          if (options.all) done(null, [{ address, family }]);
          else done(null, address, family);
        },
        signal,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES_MAX) response.destroy(new Error(`the answer has over ${ANSWER_BYTES_MAX} bytes`));
          chunks.push(chunk);
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
