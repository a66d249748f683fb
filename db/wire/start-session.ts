import type { Socket } from 'node:net';
import postgres from 'postgres';
import { type OpenSocket, openSocket } from './open-socket.ts';

export type StartOptions = {
  url: string;
  /** Settings of the session, from its start. */
  settings: Record<string, string | number>;
  timeoutMs: number;
  /** Called with the socket as soon as there is one, to cut it. */
  onSocket(socket: Socket): void;
};

const LISTENED = ['data', 'error', 'close', 'drain'];

/**
 * Opens a connection that the server has let in, with nothing under way on it. The driver says who we are (its start-up,
 * SCRAM and MD5 are in use everywhere) on a socket of ours, and is then taken off it. It connects once: postgres.js 3.4.9
 * connects again for ever, without a pause, to a server that accepts and then closes during start-up
 * (porsager/postgres#1193); here the second attempt fails, which rejects the call.
 */
export async function startSession({ url, settings, timeoutMs, onSocket }: StartOptions): Promise<OpenSocket> {
  const address = new URL(url);
  const asked = (name: string) => address.searchParams.get(name);
  // The driver's own words for it: `ssl=true` is as good as `verify-full`, and so are the system's certificates.
  const sslMode = asked('sslmode') ?? asked('ssl') ?? (asked('sslrootcert') === 'system' ? 'verify-full' : null);
  for (const name of ['sslmode', 'ssl', 'sslrootcert']) address.searchParams.delete(name);
  let attempted = false;
  let opened: OpenSocket | undefined;
  const driver = postgres(address.href, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: timeoutMs / 1000,
    onnotice: () => {},
    fetch_types: false,
    ssl: false,
    connection: settings as Record<string, string>,
    // @ts-expect-error The option exists and is documented; its type is missing in 3.4.9.
    socket: async ({ host, port, path }: { host: string[]; port: number[]; path?: string | false }) => {
      if (attempted) throw Object.assign(new Error('the connection was closed'), { code: 'CONNECTION_CLOSED' });
      attempted = true;
      const where = { host: host[0] ?? '127.0.0.1', port: port[0] ?? 5432, path: path || undefined, sslMode };
      opened = await openSocket(where, timeoutMs, onSocket);
      own = listenersOf(opened.socket);
      return opened.socket;
    },
  });
  let own = new Set<unknown>();
  // Its `reserve()` would do without a statement, but never resolves for the first connection without `fetch_types`.
  await driver.unsafe('select 1');
  if (opened === undefined) throw new Error('the driver connected by a socket of its own');
  const { socket } = opened as OpenSocket;
  for (const event of LISTENED) {
    for (const listener of socket.listeners(event)) {
      if (!own.has(listener)) socket.off(event, listener as () => void);
    }
  }
  return opened;
}

function listenersOf(socket: Socket): Set<unknown> {
  return new Set(LISTENED.flatMap((event) => socket.listeners(event)));
}
