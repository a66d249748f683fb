import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable, tap } from '@trpc/server/observable';
import type { AppRouter } from '#server/trpc/root.ts';
import { routes } from './routes.ts';

type Data = { code?: string } | null | undefined;

/** Leaves for the page that signs in. It comes back to this page from there. */
export function leaveToSignIn(): void {
  const { pathname, search } = window.location;
  if (pathname === routes.signIn() || pathname === routes.welcome()) return;
  window.location.assign(routes.signIn({ next: pathname + search }));
}

/**
 * Where the server answers that nobody is signed in, as when the session was ended elsewhere, the page goes to sign in. A
 * browser does not tell why an event stream was refused, so where one fails without a code the server is asked.
 */
export const signedOutLink =
  (leave: () => void = leaveToSignIn, ask: () => Promise<boolean> = isSignedOut): TRPCLink<AppRouter> =>
  () =>
  ({ next, op }) =>
    observable((observer) =>
      next(op)
        .pipe(
          tap({
            error(error) {
              const data = error instanceof TRPCClientError ? (error.data as Data) : undefined;
              if (data?.code === 'unauthenticated') leave();
              else if (data === undefined && op.type === 'subscription') void ask().then((out) => out && leave());
            },
          }),
        )
        .subscribe(observer),
    );

/** False where no answer comes: that is no reason to leave. */
async function isSignedOut(): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/auth/session', { method: 'POST', headers, body: '{}' })).status === 401;
  } catch {
    return false;
  }
}
