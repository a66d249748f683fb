import type { BenchEvent, Contestant, SeedPlan } from '#bench/contestant.ts';
import { connectEventStore, type EventStore } from '#server/event-store/index.ts';
import type { Folder } from '#server/kernel/decider.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { NewEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { type Position, START } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { vacuum } from './vacuum.ts';

/** Ours, by its port, as a program in the same process uses it: default options, 16 connections at most. */
const OPTIONS = { schema: 'tidemark', connectionsMax: 16 };

const PAGE = 2000;
const SEED_APPEND = 1000;
const SEED_WRITERS = 4;

/** `connectEventStore` migrates an empty database itself. */
export async function setup(url: string): Promise<void> {
  const store = await connectEventStore({ url, ...OPTIONS });
  await store.close();
}

/** Counts the events, with the snapshots that a decider has where it says nothing of them. */
const COUNT: Folder = {
  name: 'count',
  version: 1,
  initialState: { count: 0 },
  evolve: ({ count }) => ({ count: Number(count) + 1 }),
};

const COUNT_WITHOUT_SNAPSHOTS: Folder = {
  ...COUNT,
  name: 'count-all',
  snapshots: { everyEvents: Number.POSITIVE_INFINITY, loadMs: Number.POSITIVE_INFINITY },
};

/** `notified`: who subscribes is a store of its own, as in another process, so that only NOTIFY can wake it. */
export async function connect(url: string, variant: string): Promise<Contestant> {
  const store = await connectEventStore({ url, ...OPTIONS });
  const subscribing = variant === 'notified' ? await connectEventStore({ url, ...OPTIONS }) : store;
  return {
    async append(streamId, events, expectedVersion) {
      const expected = expectedVersion === 0 ? 'no_stream' : expectedVersion;
      await store.append({
        streamId: parseStreamId(streamId),
        expectedVersion: expected,
        events: events.map(toNewEvent),
      });
    },
    isConflict: (error) => isTidemarkError(error, 'expected-version-conflict'),
    async readStream(streamId, onData) {
      let after: number | null = 0;
      while (after !== null) {
        const page = await store.readStream(parseStreamId(streamId), { after, limit: PAGE });
        for (const { data } of page.events) onData(data);
        after = page.nextAfter;
      }
    },
    async seed(plan) {
      await seed(store, plan);
      await vacuum(url);
    },
    async load(streamId, { snapshot, version }) {
      const folder = snapshot ? COUNT : COUNT_WITHOUT_SNAPSHOTS;
      const { state } = await store.foldStream(
        parseStreamId(streamId),
        folder,
        version === undefined ? {} : { version },
      );
      return Number(state.count);
    },
    async catchUp(onEvents, signal) {
      let after: Position | null = START;
      while (after !== null && !signal.aborted) {
        const page = await store.readAll({ after, limit: PAGE });
        onEvents(page.events.length);
        after = page.nextAfter;
      }
    },
    async subscribe(onData) {
      const { position } = await subscribing.highWaterMark();
      return subscribing.subscribe({
        after: position,
        onEvents(events) {
          for (const { data } of events) onData(data);
        },
      });
    },
    async close() {
      if (subscribing !== store) await subscribing.close();
      await store.close();
    },
  };
}

/** By ordinary appends, so that nothing here knows the tables. */
async function seed(store: EventStore, { prefix, streams, events, event }: SeedPlan): Promise<void> {
  let next = 0;
  async function write(): Promise<void> {
    while (next < streams) {
      next += 1;
      const streamId = parseStreamId(`${prefix}-${next}`);
      for (let version = 0; version < events; version += SEED_APPEND) {
        const count = Math.min(SEED_APPEND, events - version);
        const appended = Array.from({ length: count }, () => toNewEvent(event));
        await store.append({ streamId, expectedVersion: version === 0 ? 'no_stream' : version, events: appended });
      }
    }
  }
  await Promise.all(Array.from({ length: SEED_WRITERS }, write));
}

function toNewEvent({ type, data, metadata }: BenchEvent): NewEvent {
  return { eventType: type, data: data as JsonObject, metadata: metadata as JsonObject };
}
