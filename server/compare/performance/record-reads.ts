import type { Database } from '#db/database.ts';
import type { JsonObject } from '#server/kernel/json.ts';

/** Kept of what readers of a read model ask: a sample that stays small and still has the shape of a day. */
const PER_SECOND_MAX = 10;
const FLUSH_MS = 1000;
const KEPT = '1 day';

/**
 * Writes a sample of read requests down, so that two versions can be asked the same later. A read never waits for it,
 * and one that can't be written down is left out.
 */
export function createReadRecorder(database: Database) {
  let waiting: { name: string; request: JsonObject }[] = [];
  let flushes = 0;

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    flushes += 1;
    if (batch.length > 0) {
      await database.query(
        `insert into read_requests (name, request) select r->>'name', r->'request' from jsonb_array_elements($1::text::jsonb) r`,
        [JSON.stringify(batch)],
      );
    }
    if (flushes % 3600 === 1) {
      await database.query(`delete from read_requests where at < clock_timestamp() - interval '${KEPT}'`);
    }
  }

  const timer = setInterval(() => void flush().catch(() => {}), FLUSH_MS);
  timer.unref();
  return {
    record(name: string, request: JsonObject): void {
      if (waiting.filter((one) => one.name === name).length < PER_SECOND_MAX) waiting.push({ name, request });
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await flush().catch(() => {});
    },
  };
}
