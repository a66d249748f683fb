import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Clock } from '#server/kernel/clock.ts';
import type { Auth } from './auth.ts';
import type { History } from './history.ts';

/** What the parts of sign-in share. */
export type Parts = {
  database: Database;
  eventStore: EventStore;
  history: History;
  /** The library, for the address that the browser sees. */
  authFor(origin: string): Auth;
  secret: string;
  clock: Clock;
  /** The first delay after too many tries, in milliseconds. */
  firstDelayMs: number;
  /** Whether a second factor may be put off: on the embedded default alone, which nobody but this machine reaches. */
  mayPutOff: boolean;
  /** Forgets callers that were recognised a moment ago, after a change that must count at once. */
  forget(): void;
};

export type OperatorRow = {
  id: string;
  email: string;
  name: string;
  role: 'viewer' | 'operator' | 'admin';
  password_hash: string | null;
  second_factor_put_off: boolean;
  disabled_at: string | null;
  created_at: string;
};
