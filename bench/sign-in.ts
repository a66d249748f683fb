import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { createIdentity } from '#server/identity/create-identity.ts';
import { createHistory } from '#server/identity/history.ts';
import { createOperator } from '#server/identity/operators.ts';
import type { Clock } from '#server/kernel/clock.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { Special } from './measurement.ts';
import { median, single } from './statistics.ts';

const SECRET = 'a secret of a measurement, long enough';
const PEOPLE = 20;
const QUIET_MS = 2 * 3600_000;

/**
 * How long a refusal takes where nobody has the address, against a wrong password of somebody who is there. Two groups of
 * operators show what differs by chance. Tries are hours apart by the clock of the sign-in, so that none is delayed.
 */
export const signIn: Special = {
  kind: 'special',
  title: 'Refusals of sign-in: an unknown address against a wrong password',
  async run(url, { quick, progress }) {
    const database = connectDatabase({ url, schema: 'tidemark', applicationName: 'bench', connectionsMax: 4 });
    await migrate(database);
    const eventStore = createPostgresEventStore(database);
    let nowMs = Date.now();
    const clock: Clock = { now: () => new Date(nowMs), monotonicMs: () => performance.now() };
    const options = { database, eventStore, clock, secret: SECRET, publicUrl: undefined };
    const identity = createIdentity({ ...options, firstDelayMs: 2000, mayPutOff: false });
    const history = createHistory(eventStore, clock);
    progress('operators');
    const people = Array.from({ length: PEOPLE }, (_, n) => n);
    for (const email of people.flatMap((n) => [`a${n}@example.com`, `b${n}@example.com`])) {
      const account = { email, name: '', role: 'viewer' as const, password: 'correct horse battery staple' };
      await createOperator({ database, history, secret: SECRET }, account, 'bench');
    }

    async function refusedIn(email: string): Promise<number> {
      const body = { email, password: 'not the password at all' };
      const request = { method: 'POST', path: '/sign-in', headers: { host: 'localhost' }, body, address: '192.0.2.1' };
      const startedAt = performance.now();
      await identity.answer(request).catch((error: unknown) => {
        if (!isTidemarkError(error, 'sign-in-failed')) throw error;
      });
      return performance.now() - startedAt;
    }

    const took: Record<'wrong' | 'again' | 'unknown', number[]> = { wrong: [], again: [], unknown: [] };
    const rounds = quick ? 3 : 20;
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      for (const n of people) {
        nowMs += QUIET_MS;
        const tries = [
          ['wrong', `a${n}@example.com`],
          ['again', `b${n}@example.com`],
          ['unknown', `nobody${n}@example.com`],
        ] as const;
        // Each is first, second and third as often.
        for (let turn = 0; turn < 3; turn += 1) {
          const [arm, email] = tries[(turn + n + round) % 3] ?? tries[0];
          took[arm].push(await refusedIn(email));
        }
      }
    }
    await eventStore.close();
    await database.close();
    return {
      rounds,
      figures: {
        wrongPasswordMs: single(median(took.wrong), 'ms'),
        unknownAddressMs: single(median(took.unknown), 'ms'),
        differenceMs: single(median(took.unknown) - median(took.wrong), 'ms'),
        byChanceMs: single(median(took.again) - median(took.wrong), 'ms'),
      },
    };
  },
};
