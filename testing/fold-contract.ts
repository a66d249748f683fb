import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Folder } from '#server/kernel/decider.ts';
import { parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';

const EVENTS = 1500;

/** Sums `n`; keys stand in an order that jsonb would not keep. */
const summing: Folder = {
  name: 'summing',
  version: 1,
  initialState: { total: 0, a: 0 },
  evolve: (state, { data }) => ({ total: Number(state.total) + Number(data.n), a: Number(state.a) + 1 }),
};

/** What every event store must do with folds and snapshots. Each adapter's test file calls this with a way to make one. */
export function describeFolds(name: string, open: () => Promise<{ store: EventStore; close(): Promise<void> }>) {
  describe(`folds and snapshots: ${name}`, () => {
    let store: EventStore;
    let close = async () => {};
    let long: StreamId;
    const timeOf = (version: number) => new Date(Date.UTC(2026, 0, 1) + version * 60_000).toISOString();
    const stateAt = (version: number) => ({ total: (version * (version + 1)) / 2, a: version });

    async function fill(count: number): Promise<StreamId> {
      const streamId = parseStreamId(`fold-${randomUUID()}`);
      for (let first = 1; first <= count; first += 500) {
        const versions = Array.from({ length: Math.min(500, count - first + 1) }, (_, index) => first + index);
        const events = versions.map((n) => ({ eventType: 'Added', data: { n }, occurredAt: timeOf(n) }));
        await store.append({ streamId, expectedVersion: first - 1, events });
      }
      return streamId;
    }
    const kept = (streamId: StreamId, folder: Folder, version: number) =>
      vi.waitFor(async () => {
        const { snapshotVersion } = await store.foldStream(streamId, folder, { version });
        expect(snapshotVersion).not.toBeNull();
      });

    beforeAll(async () => {
      ({ store, close } = await open());
      long = await fill(EVENTS);
    });
    afterAll(() => close());

    test('a stream without events has the initial state at version 0', async () => {
      const folded = await store.foldStream(parseStreamId(`fold-${randomUUID()}`), summing);
      expect(folded).toMatchObject({
        state: summing.initialState,
        streamVersion: 0,
        lastVersion: 0,
        snapshotVersion: null,
        eventsFolded: 0,
      });
    });

    test('the first fold of a long stream leaves keyframes, and any version is then near one', async () => {
      const first = await store.foldStream(long, summing);
      expect(first).toMatchObject({ state: stateAt(EVENTS), streamVersion: EVENTS, eventsFolded: EVENTS });
      await kept(long, summing, EVENTS);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: EVENTS + 10 }), async (version) => {
          const folded = await store.foldStream(long, summing, { version });
          const reached = Math.min(version, EVENTS);
          expect(folded).toMatchObject({ state: stateAt(reached), streamVersion: reached, lastVersion: EVENTS });
          expect(folded.eventsFolded).toBeLessThan(128);
          expect((folded.snapshotVersion ?? 0) + folded.eventsFolded).toBe(reached);
        }),
        { numRuns: 40 },
      );
    });

    test('a state from a snapshot has its keys in the order of the fold', async () => {
      await store.foldStream(long, summing);
      await kept(long, summing, EVENTS);
      const { state } = await store.foldStream(long, summing);
      expect(JSON.stringify(state)).toBe(JSON.stringify(stateAt(EVENTS)));
    });

    test('the state at a time is that of the last version that had occurred by then', async () => {
      const at = timeOf(700);
      expect(await store.foldStream(long, summing, { at })).toMatchObject({ streamVersion: 700, state: stateAt(700) });
      const before = await store.foldStream(long, summing, { at: '2025-12-31T00:00:00Z' });
      expect(before).toMatchObject({ streamVersion: 0, lastVersion: EVENTS });
    });

    test('events after a snapshot are folded on top of it', async () => {
      const streamId = await fill(600);
      await store.foldStream(streamId, summing);
      await kept(streamId, summing, 600);
      await store.append({ streamId, expectedVersion: 600, events: [{ eventType: 'Added', data: { n: 601 } }] });
      const folded = await store.foldStream(streamId, summing);
      expect(folded).toMatchObject({ state: stateAt(601), streamVersion: 601 });
      expect(folded.snapshotVersion).toBeGreaterThanOrEqual(512);
    });

    test.each([
      ['version', { ...summing, version: 2 }],
      ['name', { ...summing, name: 'other' }],
    ])('a reducer of another %s never sees a snapshot that this one made, and makes its own', async (_, changed) => {
      const streamId = await fill(600);
      await store.foldStream(streamId, summing);
      await kept(streamId, summing, 600);
      const counting: Folder = { ...changed, evolve: (state) => ({ total: Number(state.total) + 1 }) };
      const folded = await store.foldStream(streamId, counting);
      expect(folded).toMatchObject({ state: { total: 600 }, snapshotVersion: null, eventsFolded: 600 });
      await kept(streamId, counting, 600);
      expect(await store.foldStream(streamId, counting)).toMatchObject({ state: { total: 600 }, streamVersion: 600 });
    });

    test('a fold goes on from a state that the caller has, and from a snapshot well past it', async () => {
      const streamId = await fill(300);
      const at = (version: number) => ({ base: { streamVersion: version, state: stateAt(version) } });
      const wanted = { state: stateAt(300), streamVersion: 300, lastVersion: 300 };
      const fresh = { ...summing, name: 'from-base', snapshots: { loadMs: 60_000 } };
      expect(await store.foldStream(streamId, fresh, at(300))).toMatchObject({ ...wanted, eventsFolded: 0 });
      expect(await store.foldStream(streamId, fresh, at(290))).toMatchObject({ ...wanted, eventsFolded: 10 });
      await store.foldStream(streamId, fresh);
      await kept(streamId, fresh, 256);
      expect(await store.foldStream(streamId, fresh, at(200))).toMatchObject({ ...wanted, snapshotVersion: null });
      expect(await store.foldStream(streamId, fresh, at(10))).toMatchObject({ ...wanted, snapshotVersion: 256 });
    });

    test('the policy of a category tells how many events lie between', async () => {
      const often: Folder = { ...summing, name: 'often', snapshots: { everyEvents: 10 } };
      const streamId = await fill(100);
      await store.foldStream(streamId, often);
      await kept(streamId, often, 100);
      expect((await store.foldStream(streamId, often, { version: 57 })).snapshotVersion).toBe(50);
    });

    test('a slow fold is kept at its end, however few its events', async () => {
      const slow: Folder = { ...summing, name: 'slow', snapshots: { loadMs: 0 } };
      const streamId = await fill(40);
      await store.foldStream(streamId, slow);
      await kept(streamId, slow, 40);
      expect(await store.foldStream(streamId, slow)).toMatchObject({ snapshotVersion: 40, eventsFolded: 0 });
    });

    test('large states stand further apart', async () => {
      const large: Folder = {
        ...summing,
        name: 'large',
        evolve: (state) => ({ total: Number(state.total) + 1, text: 'x'.repeat(64_000) }),
      };
      await store.foldStream(long, large);
      await kept(long, large, EVENTS);
      expect((await store.foldStream(long, large, { version: 900 })).snapshotVersion).toBe(null);
      expect((await store.foldStream(long, large)).snapshotVersion).toBe(1001);
    });

    test('where the reducer throws, the error names the version', async () => {
      const failing: Folder = {
        ...summing,
        name: 'failing',
        evolve(state, event) {
          if (event.data.n === 3) throw new Error('three');
          return state;
        },
      };
      const streamId = await fill(5);
      await expect(store.foldStream(streamId, failing)).rejects.toMatchObject({
        code: 'fold-failed',
        details: { streamVersion: 3 },
      });
    });
  });
}
