import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkReadable, type RecordedEvent } from '#server/kernel/event.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import type { Upcaster } from '#server/kernel/upcaster.ts';
import { createMemoryEventStore } from './memory-event-store.ts';
import { createUpcasting } from './upcasting.ts';

/** Each step notes that it was taken. */
const step = (fromVersion: number, eventType = 'Priced'): Upcaster => ({
  category: 'shop',
  eventType,
  fromVersion,
  upcast: ({ steps = [], ...data }) => ({ ...data, steps: [...(steps as number[]), fromVersion] }),
});
const streamId = parseStreamId('shop-1');
const write = (schemaVersion: number, eventType = 'Priced') => ({ eventType, schemaVersion, data: { amount: 1 } });

async function stored(upcasters: readonly Upcaster[], ...events: ReturnType<typeof write>[]) {
  const store = createMemoryEventStore({ upcasting: createUpcasting(upcasters) });
  await store.append({ streamId, expectedVersion: 'no_stream', events });
  return store;
}

describe('upcasting', () => {
  test('the steps from the stored version on are taken in order, whatever order they are listed in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), fc.integer({ min: 1, max: 9 }), (last, seed, version) => {
        const steps = Array.from({ length: last }, (_, index) => step(index + 1));
        const shuffled = steps.toSorted((a, b) => ((a.fromVersion * seed) % 7) - ((b.fromVersion * seed) % 7));
        const { upcast } = createUpcasting(shuffled);
        fc.pre(version <= last + 1);
        const data = { amount: 1 };
        const event = {
          category: 'shop',
          eventType: 'Priced',
          schemaVersion: version,
          data,
        } as unknown as RecordedEvent;
        const present = upcast(event);
        expect(present.schemaVersion).toBe(last + 1);
        const taken = Array.from({ length: last + 1 - version }, (_, index) => version + index);
        expect(present.data).toEqual(taken.length > 0 ? { amount: 1, steps: taken } : { amount: 1 });
        expect(event.data).toEqual({ amount: 1 });
      }),
    );
  });

  test('every way of reading gives the present shape, and one event its original beside it', async () => {
    const store = await stored([step(1), step(2)], write(1), write(3));
    const present = { schemaVersion: 3, data: { amount: 1, steps: [1, 2] } };
    expect((await store.readStream(streamId)).events[0]).toMatchObject(present);
    const { events } = await store.readAll();
    expect(events[0]).toMatchObject(present);
    const [first, second] = events;
    if (first === undefined || second === undefined) throw new Error('two events were written');
    expect(await store.readEvent(first.globalPosition)).toMatchObject({
      ...present,
      original: { schemaVersion: 1, data: { amount: 1 } },
    });
    expect(await store.readEvent(second.globalPosition)).not.toHaveProperty('original');
    const live = await new Promise<RecordedEvent[]>((resolve) => store.subscribe({ onEvents: resolve }));
    expect(live[0]).toMatchObject(present);
  });

  test('an event without a schema version is written under the present one', async () => {
    const store = createMemoryEventStore({ upcasting: createUpcasting([step(1)]) });
    await store.append({ streamId, expectedVersion: 'any', events: [{ eventType: 'Priced', data: {} }] });
    expect((await store.readStream(streamId)).events[0]).toMatchObject({ schemaVersion: 2, data: {} });
  });

  test('a chain with a hole, and a step that stands twice, are refused at the start by name', () => {
    expect(() => createUpcasting([step(1), step(3)])).toThrow(
      'Priced of shop has upcasters up to version 4, and none from version 2: every version from 1 on needs one',
    );
    expect(() => createUpcasting([step(2)])).toThrow('none from version 1');
    expect(() => createUpcasting([step(1), step(1)])).toThrow('two upcasters take Priced of shop from version 1');
  });

  test('where a step throws, or the event is newer than the code, it is shown as written and acted on by nobody', async () => {
    const failing: Upcaster = {
      ...step(1, 'Broken'),
      upcast() {
        throw new Error('no amount');
      },
    };
    const store = await stored([failing, step(1)], write(1, 'Broken'), write(7));
    const { events } = await store.readStream(streamId);
    expect(events).toMatchObject([
      { ...write(1, 'Broken'), unreadable: "Broken can't be taken from schemaVersion 1 to 2: no amount" },
      { ...write(7), unreadable: 'Priced is of schemaVersion 7, and this code knows it up to 2' },
    ]);
    for (const event of events) expect(() => checkReadable(event)).toThrow(event.unreadable);
    const folder = { name: 'shop', version: 1, initialState: {}, evolve: () => ({}) };
    await expect(store.foldStream(streamId, folder)).rejects.toMatchObject({
      code: 'fold-failed',
      details: { streamVersion: 1 },
    });
  });

  test('snapshots that were made under another chain are not used', async () => {
    const upcasters = [step(1)];
    const folder = {
      name: 'shop',
      version: 1,
      initialState: { taken: 0 },
      snapshots: { everyEvents: 10 },
      evolve: (state: object, { data }: Pick<RecordedEvent, 'data'>) => ({
        taken: ('taken' in state ? Number(state.taken) : 0) + (Array.isArray(data.steps) ? data.steps.length : 0),
      }),
    };
    const one = createUpcasting(upcasters).named(folder, 'shop');
    expect(createUpcasting(upcasters).named(folder, 'shop').name).toBe(one.name);
    expect(createUpcasting([...upcasters, step(2)]).named(folder, 'shop').name).not.toBe(one.name);
    expect(createUpcasting([step(1, 'Other')]).named(folder, 'shop').name).not.toBe(one.name);
    expect(createUpcasting(upcasters).named(folder, 'order').name).toBe('shop');
  });
});
