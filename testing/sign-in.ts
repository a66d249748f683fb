import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { createIdentity } from '#server/identity/create-identity.ts';
import { createHistory } from '#server/identity/history.ts';
import type { AuthAnswer, Identity } from '#server/identity/identity.ts';
import { createOperator } from '#server/identity/operators.ts';
import { codeAt } from '#server/identity/totp.ts';
import type { Role } from '#server/kernel/caller.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { createTestDatabase } from './postgres.ts';

const SECRET = 'a secret of a test that is long enough';

export const PASSWORD = 'correct horse battery staple';

/** A browser of its own: it keeps cookies, and asks /api/auth in process. */
export type TestBrowser = {
  post(path: string, body?: object): Promise<Record<string, unknown>>;
  headers(): { host: string; cookie: string; 'user-agent': string };
  cookies: Map<string, string>;
};

/** Sign-in on a database of its own, with a clock that stands still until it is moved. */
export async function startIdentity({
  mayPutOff = false,
  publicUrl,
}: {
  mayPutOff?: boolean;
  publicUrl?: string;
} = {}) {
  const { database, drop } = await createTestDatabase();
  const eventStore = createPostgresEventStore(database);
  // It begins at the machine's time, by which the database measures sessions.
  let nowMs = Date.now();
  let monotonicMs = 0;
  const clock: Clock = { now: () => new Date(nowMs), monotonicMs: () => monotonicMs };
  const identity: Identity = createIdentity({
    database,
    eventStore,
    clock,
    secret: SECRET,
    publicUrl,
    firstDelayMs: 2000,
    mayPutOff,
  });
  return {
    identity,
    database,
    eventStore,
    clock,
    pass(ms: number) {
      nowMs += ms;
      monotonicMs += ms;
    },
    register: (email: string, role: Role = 'admin') =>
      createOperator(
        { database, history: createHistory(eventStore, clock), secret: SECRET },
        { email, name: '', role, password: PASSWORD },
        'test',
      ),
    browser: (address = '192.0.2.1') => createBrowser(identity, address, publicUrl),
    codeNow: (secret: string, steps = 0) => codeAt(secret, Math.floor(nowMs / 30_000) + steps),
    async stop() {
      await eventStore.close();
      await drop();
    },
  };
}

export type TestIdentity = Awaited<ReturnType<typeof startIdentity>>;

function createBrowser(identity: Identity, address: string, publicUrl: string | undefined): TestBrowser {
  const cookies = new Map<string, string>();
  const headers = () => ({
    host: publicUrl === undefined ? 'localhost:3000' : new URL(publicUrl).host,
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  return {
    cookies,
    headers,
    async post(path, body = {}) {
      const answer: AuthAnswer = await identity.answer({ method: 'POST', path, headers: headers(), body, address });
      for (const cookie of answer.cookies ?? []) {
        const [pair = ''] = cookie.split(';');
        const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        if (value === '' || /max-age=0/i.test(cookie)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer.body as Record<string, unknown>;
    },
  };
}
