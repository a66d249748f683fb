/**
 * The names of our cookies for an address. The prefix `__Host-` asks for https, which loopback does without: what is
 * sent there never leaves the machine. Cookies know no port, so two Tidemarks on one machine would sign each other out.
 */
export function cookieNames(origin: string): { session: string; pending: string; passkey: string } {
  const secure = origin.startsWith('https:');
  const suffix = secure ? '' : `-${new URL(origin).port || '80'}`;
  const name = (word: string) => `${secure ? '__Host-' : ''}tidemark-${word}${suffix}`;
  return { session: name('session'), pending: name('pending'), passkey: name('passkey') };
}

/** A `Set-Cookie` that no script reads and no other site sends along with a form. */
export function setCookie(
  name: string,
  value: string,
  { origin, seconds }: { origin: string; seconds: number },
): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

export function clearedCookie(name: string, origin: string): string {
  return setCookie(name, '', { origin, seconds: 0 });
}

/** The value of a cookie in a request, as it was set. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(';').find((one) => one.trimStart().startsWith(`${name}=`));
  return pair?.trim().slice(name.length + 1);
}

/** The address that the browser sees: the public one where it asked for that host, else plain http on loopback. */
export function originOf(host: string | undefined, publicUrl: string | undefined): string {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  return url !== undefined && (host === undefined || host === url.host) ? url.origin : `http://${host ?? 'localhost'}`;
}
