import type { IncomingMessage } from 'node:http';
import { TidemarkError } from '#server/kernel/errors.ts';

const PORT = /:\d+$/;
const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Makes what refuses requests that a page of another origin could make a browser send. A foreign `Host` means that a name
 * was rebound to this address; a foreign `Origin`, or `Sec-Fetch-Site: cross-site`, that another page asks in the
 * operator's name.
 */
export function createOriginGuard(publicUrl: string | undefined): (request: IncomingMessage) => void {
  const publicHost = publicUrl ? new URL(publicUrl).host : undefined;

  return ({ headers, url, method }) => {
    const { host = '', origin } = headers;
    if (host !== publicHost && !LOOPBACK_NAMES.has(host.replace(PORT, '').toLowerCase())) {
      throw new TidemarkError('foreign-origin', `this server is not known as ${host.slice(0, 100)}`, { field: 'Host' });
    }
    const site = headers['sec-fetch-site'];
    // A link from elsewhere may open a page; nothing but our own pages asks the API from a browser.
    const api = url?.startsWith('/api/') === true;
    if ((method === 'GET' || method === 'HEAD') && !(api && site === 'cross-site')) return;
    const known =
      origin === undefined || origin === `http://${host}` || origin === `https://${host}` || origin === publicUrl;
    if (!known || site === 'cross-site') {
      throw new TidemarkError('foreign-origin', 'a page of another origin may not ask for this', { field: 'Origin' });
    }
  };
}

export type HeaderOptions = { dev: boolean; publicUrl: string | undefined };

/** What an answer of the API carries: JSON that no browser is to show, run or frame. */
export function apiHeaders({ publicUrl }: HeaderOptions): Record<string, string> {
  return {
    'Content-Security-Policy': `default-src 'none'; frame-ancestors 'none'`,
    ...commonHeaders(publicUrl),
  };
}

/** What a page carries. Its policy has a nonce of its own, which Next puts on its scripts. */
export function pageHeaders(nonce: string, { dev, publicUrl }: HeaderOptions): Record<string, string> {
  const script = dev ? `'self' 'unsafe-inline' 'unsafe-eval'` : `'self' 'nonce-${nonce}' 'strict-dynamic'`;
  return {
    'Content-Security-Policy': [
      `default-src 'self'`,
      `script-src ${script}`,
      // Charts and positioned layers set styles on elements; no style can run anything.
      `style-src 'self' 'unsafe-inline'`,
      `img-src 'self' data:`,
      `font-src 'self'`,
      `connect-src 'self'${dev ? ' ws:' : ''}`,
      `object-src 'none'`,
      `base-uri 'none'`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
    ].join('; '),
    ...commonHeaders(publicUrl),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  };
}

function commonHeaders(publicUrl: string | undefined): Record<string, string> {
  return {
    // Two years, which is what preload lists ask for; without HTTPS browsers ignore it, so it is not sent.
    ...(publicUrl?.startsWith('https:') && {
      'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
    }),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
