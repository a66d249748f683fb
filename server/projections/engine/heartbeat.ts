import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Database } from '#db/database.ts';

const INTERVAL_MS = 1000;

/** An engine not heard of for this long is gone. */
export const HEARTBEAT_SECONDS_MAX = 5;

/** Tells once a second that this engine runs, until stopped; then takes its row away. */
export function startHeartbeat(database: Database): { stop(): Promise<void> } {
  const workerId = randomUUID();
  let beating: Promise<unknown> = Promise.resolve();
  const beat = () => {
    beating = database
      .query(
        `insert into workers (worker_id, process_id, host) values ($1, $2, $3)
         on conflict (worker_id) do update set heartbeat_at = now()`,
        [workerId, process.pid, hostname()],
      )
      // A missed beat is what the reader of the table looks for.
      .catch(() => {});
  };
  beat();
  const timer = setInterval(beat, INTERVAL_MS);
  return {
    async stop() {
      clearInterval(timer);
      await beating;
      await database
        .query(`delete from workers where worker_id = $1 or heartbeat_at < now() - interval '1 hour'`, [workerId])
        .catch(() => {});
    },
  };
}
