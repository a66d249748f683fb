import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Target } from './target-address.ts';

const TIMEOUT_MS = 5000;

/**
 * Posts to the address that was checked; resolves with the status. Redirects are not followed: they would lead round
 * the check. Of the answer only the status is read.
 */
export function post(
  { url, address, family }: Target,
  { body, headers }: { body: string; headers: Record<string, string> },
  signal: AbortSignal,
): Promise<number> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        agent: false,
        lookup: (_, options, done) => {
          if (options.all) done(null, [{ address, family }]);
          else done(null, address, family);
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      },
      (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
