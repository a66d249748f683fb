import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Authenticate, mayDo } from '#server/kernel/caller.ts';
import { type ErrorCode, isTidemarkError } from '#server/kernel/errors.ts';

/** Pages for whoever has not signed in, and what they are made of. */
const OPEN = /^\/(sign-in|welcome|icon\.svg|_next\/static\/.+)$/;

/** What pages ask for besides while they are compiled as they are asked for. */
const OPEN_IN_DEV = /^\/(_next|__nextjs[\w-]*)(\/|$)/;

/** Tells the page, before it is drawn, that whoever opens it put off the second factor: its banner must not push it later. */
const PUT_OFF_HEADER = 'x-tidemark-second-factor-put-off';

/** Nobody can tell who asks. */
const DATABASE_AWAY: readonly ErrorCode[] = ['database-unavailable', 'deadline-exceeded', 'overloaded'];

/**
 * Whether a page may be opened. Who has not signed in is sent to sign in, and comes back from there to the address that
 * was asked for; so is a session that has yet to set up its second factor. Rejects where it is no page that is asked for.
 */
export async function mayOpenPage(
  request: IncomingMessage,
  response: ServerResponse,
  { authenticate, dev }: { authenticate: Authenticate; dev: boolean },
): Promise<boolean> {
  // It is ours alone to say.
  delete request.headers[PUT_OFF_HEADER];
  if (isOpen(decodeURIComponent(pathOf(request)), dev)) return true;
  try {
    const caller = await authenticate(request.headers, request.socket.remoteAddress ?? '');
    if (mayDo(caller, 'system.read')) {
      const { kind, role, secondFactor } = caller;
      if (kind === 'operator' && role !== 'viewer' && !secondFactor) request.headers[PUT_OFF_HEADER] = 'yes';
      return true;
    }
  } catch (error) {
    // A page holds no data. While the database is away it says so to those who show a session; nothing else answers them.
    if (DATABASE_AWAY.some((code) => isTidemarkError(error, code))) return true;
    const page = request.method === 'GET' || request.method === 'HEAD';
    if (!page || !isTidemarkError(error, 'unauthenticated')) throw error;
  }
  response.writeHead(303, { Location: `/sign-in${nextOf(request)}`, 'Cache-Control': 'no-store' });
  response.end();
  return false;
}

function isOpen(path: string, dev: boolean): boolean {
  // What another reader could take for another path is not open.
  if (path.includes('..') || path.includes('//') || path.includes('\\')) return false;
  return OPEN.test(path) || (dev && OPEN_IN_DEV.test(path));
}

/** Where to go after signing in: a path of our own, whatever was asked for. */
function nextOf(request: IncomingMessage): string {
  const query = new URLSearchParams(request.url?.split('?').slice(1).join('?'));
  // Next's own mark of a request for a part of a page.
  query.delete('_rsc');
  const path = `/${pathOf(request).replace(/^[/\\]+/, '')}`;
  const next = query.size > 0 ? `${path}?${query}` : path;
  return next === '/' ? '' : `?next=${encodeURIComponent(next)}`;
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/';
}
