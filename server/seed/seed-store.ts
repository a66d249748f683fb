import { channels, type Database } from '#db/database.ts';
import { toKernelError } from '#db/sql-state.ts';
import type { Registry } from '#server/domain/registry.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { createRandom } from './random.ts';
import { type ShopEvent, type ShopPlan, seededId, shopHistory } from './shop-history.ts';
import { createTimeOfEvent } from './time-of-event.ts';

/** Events of one transaction. */
const BATCH_EVENTS = 1000;
const BATCH_MS_MAX = 60_000;
const ANALYZE_MS_MAX = 120_000;

export type SeedProgress = { written: number; known: number; total: number };

export type SeedOptions = ShopPlan & {
  /** When the history begins and ends, in ms since 1970. One that was begun keeps the times it was begun with. */
  from: number;
  to: number;
  signal?: AbortSignal;
  onProgress(progress: SeedProgress): void;
};

/**
 * Writes a shop's history by bulk import. Batches are written in order and whole, so what stands is a beginning of the
 * same history: a second run goes on from there, and adds nothing to a whole one.
 */
export async function seedStore(
  database: Database,
  registry: Registry,
  { from, to, signal, onProgress, ...plan }: SeedOptions,
): Promise<SeedProgress> {
  const known = await countKnown(database, plan);
  const begun = known === 0 ? undefined : await timeOf(database, seededId(plan, 'event', 0));
  const start = begun ?? from;
  const timeOfEvent = createTimeOfEvent(
    { from: start, to: start + (to - from), count: plan.events },
    createRandom(plan.seed),
  );
  const progress: SeedProgress = { written: 0, known, total: plan.events };
  if (known === plan.events) return progress;

  let batch: TimedEvent[] = [];
  let writing: Promise<void> = Promise.resolve();
  const flush = async () => {
    await writing;
    signal?.throwIfAborted();
    writing = writeBatch(database, batch).then((written) => {
      progress.written += written;
      onProgress(progress);
    });
    // Where it fails, the next flush or the end says so.
    writing.catch(() => {});
    batch = [];
  };
  let index = 0;
  for (const event of shopHistory(plan, registry)) {
    const occurredAt = timeOfEvent(index);
    index += 1;
    if (index <= known) continue;
    batch.push({ ...event, occurredAt: new Date(occurredAt).toISOString() });
    if (batch.length >= BATCH_EVENTS) await flush();
  }
  if (batch.length > 0) await flush();
  await writing;
  await database.query('analyze events', [], { deadlineMs: ANALYZE_MS_MAX });
  await database.query('analyze streams', [], { deadlineMs: ANALYZE_MS_MAX });
  return progress;
}

type TimedEvent = ShopEvent & { occurredAt: string };

const IMPORT = 'select added::float8 as added from import_events($1, $2, $3, $4, $5, $6, $7, $8)';

async function writeBatch(database: Database, batch: readonly TimedEvent[]): Promise<number> {
  const { events: channel } = channels(database.schema);
  try {
    return await database.transaction(
      async (query) => {
        const [row] = await query<{ added: number }>(IMPORT, [
          batch.map(({ streamId }) => streamId),
          batch.map(({ streamId }) => categoryOf(streamId)),
          batch.map(({ eventId }) => eventId),
          batch.map(({ eventType }) => eventType),
          batch.map(() => 1),
          batch.map(({ data }) => JSON.stringify(data)),
          batch.map(({ metadata }) => JSON.stringify(metadata)),
          batch.map(({ occurredAt }) => occurredAt),
        ]);
        await query('select pg_notify($1, $2)', [channel, '']);
        return row?.added ?? 0;
      },
      { deadlineMs: BATCH_MS_MAX },
    );
  } catch (error) {
    throw toKernelError(error);
  }
}

/** How many of the history's events stand: the first ones, so that the last of them is found by halves. */
async function countKnown(database: Database, plan: ShopPlan): Promise<number> {
  let low = 0;
  let high = plan.events;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await timeOf(database, seededId(plan, 'event', middle))) === undefined) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function timeOf(database: Database, eventId: string): Promise<number | undefined> {
  const statement = 'select occurred_at as at from events where event_id = $1';
  const [row] = await database.query<{ at: string }>(statement, [eventId]);
  return row && Date.parse(row.at);
}
