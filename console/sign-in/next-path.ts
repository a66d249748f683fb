import { routes } from '#console/routes.ts';

/** Where to go after signing in: a path of ours and nothing else, whatever the address asks for. */
export function safeNext(next: string | null | undefined): string {
  if (next === null || next === undefined || !/^\/(?![/\\])/.test(next)) return routes.overview();
  // A parser drops tabs and line ends: `/\t/elsewhere` would leave the site.
  const url = URL.canParse(next, 'http://here.invalid') ? new URL(next, 'http://here.invalid') : undefined;
  if (url === undefined || url.origin !== 'http://here.invalid') return routes.overview();
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') || url.pathname === routes.signIn() || url.pathname === routes.welcome()
    ? routes.overview()
    : path;
}
