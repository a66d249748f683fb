import type { Database } from '#db/database.ts';
import { createRegistry } from '#server/domain/registry.ts';
import { APPEND_EVENTS_MAX, type EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { EventMetadata, NewEvent } from '#server/kernel/event.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';
import { seedStore } from '#server/seed/seed-store.ts';
import { CORRELATION_EVENTS, EVENTS_A_DAY, idOf, LONG_STREAM, type Store } from './stores.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 100;
const LINE = { sku: 'TEE-BLK-M', quantity: 1, unitPrice: { amount: 1900, currency: 'EUR' } };

/**
 * Fills a store with a long stream and a long correlation, a day old before anything else begins, and then with a shop's
 * history by the seeder. Whatever stands already is left as it is.
 */
export async function fillStore(database: Database, store: Store, progress: (text: string) => void): Promise<void> {
  const events = store.events - store.longVersions - CORRELATION_EVENTS;
  const days = Math.max(1, Math.ceil(events / EVENTS_A_DAY));
  const to = await untilOf(database, days);
  const from = to - days * DAY_MS;
  const eventStore = createPostgresEventStore(database);
  try {
    await appendLongStream(eventStore, store, from - DAY_MS, progress);
    await appendCorrelated(eventStore, store, from - DAY_MS);
  } finally {
    await eventStore.close();
  }
  const streams = Math.floor(events / 6);
  let saidAt = 0;
  await seedStore(database, createRegistry(), {
    events,
    streams,
    seed: 1,
    from,
    to,
    onProgress({ written, known, total }) {
      if (performance.now() - saidAt < 5000) return;
      saidAt = performance.now();
      progress(`${store.name}: ${known + written} of ${total} events seeded`);
    },
  });
}

/** When the history ends: now, or as it was begun with. */
async function untilOf(database: Database, days: number): Promise<number> {
  const statement = 'select occurred_at as at from events where event_id = $1';
  const [begun] = await database.query<{ at: string }>(statement, [idOf('event', 0)]);
  return begun === undefined ? Date.now() : Date.parse(begun.at) + (days + 1) * DAY_MS;
}

/** Deliveries to one article, and counts that correct them, evenly over a day. */
async function appendLongStream(
  eventStore: EventStore,
  { name, longVersions }: Store,
  from: number,
  progress: (text: string) => void,
): Promise<void> {
  const streamId = parseStreamId(LONG_STREAM);
  const [last] = (await eventStore.readStream(streamId, { direction: 'backward', limit: 1 })).events;
  for (let version = last?.streamVersion ?? 0; version < longVersions; version += APPEND_EVENTS_MAX) {
    const count = Math.min(APPEND_EVENTS_MAX, longVersions - version);
    const events = Array.from({ length: count }, (_, index): NewEvent => {
      const nth = version + index + 1;
      const occurredAt = new Date(from + Math.floor(((nth - 1) / longVersions) * DAY_MS)).toISOString();
      const metadata = metadataOf(nth, nth + 1);
      return nth % 4 === 0
        ? {
            eventId: idOf('event', nth - 1),
            eventType: 'StockAdjusted',
            data: { delta: -1, reason: 'damaged' },
            metadata,
            occurredAt,
          }
        : {
            eventId: idOf('event', nth - 1),
            eventType: 'StockReceived',
            data: { quantity: 1 + (nth % 20) },
            metadata,
            occurredAt,
          };
    });
    await eventStore.append({ streamId, expectedVersion: version, events });
    if (version % 10_000 === 0) progress(`${name}: ${version} versions of ${LONG_STREAM}`);
  }
}

/** Orders of one campaign: the first is what the others were caused by. */
async function appendCorrelated(eventStore: EventStore, { longVersions }: Store, from: number): Promise<void> {
  for (let index = 0; index < CORRELATION_EVENTS; index += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, CORRELATION_EVENTS - index) }, (_, offset) => {
        const nth = index + offset;
        const cause = nth === 0 ? undefined : idOf('event', longVersions);
        return eventStore.append({
          streamId: `order-campaign${String(nth).padStart(4, '0')}` as StreamId,
          expectedVersion: 'any',
          events: [
            {
              eventId: idOf('event', longVersions + nth),
              eventType: 'OrderPlaced',
              data: { customerId: `cus-${nth % 700}`, lines: [LINE], total: LINE.unitPrice },
              metadata: metadataOf(longVersions + nth, 1, cause),
              occurredAt: new Date(from + nth * 1000).toISOString(),
            },
          ],
        });
      }),
    );
  }
}

function metadataOf(command: number, correlation: number, cause = idOf('command', command)): EventMetadata {
  return {
    correlationId: idOf('correlation', correlation),
    causationId: cause,
    commandId: idOf('command', command),
    actor: 'warehouse',
  };
}
