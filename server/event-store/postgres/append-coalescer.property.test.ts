import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TidemarkError } from '#server/kernel/errors.ts';
import { createAppendCoalescer } from './append-coalescer.ts';

type Item = { streamId: string; events: readonly number[]; bad: boolean; unfit: boolean };

/** Appends as they may come: some of one stream, some at fault, some after a moment; statements that end in any order. */
const arrival = fc.record({
  stream: fc.integer({ min: 0, max: 4 }),
  count: fc.integer({ min: 1, max: 300 }),
  fate: fc.constantFrom('good', 'good', 'good', 'bad', 'unfit'),
  ticks: fc.integer({ min: 0, max: 3 }),
});
const delays = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 });

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1) await Promise.resolve();
}

test('each caller has its own answer, once; streams keep their order; groups are of distinct streams and two at most', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 60 }), delays, async (arrivals, waits) => {
      const written = new Map<string, number[]>();
      let statements = 0;
      let open = 0;
      const statement = async <T>(work: () => T): Promise<T> => {
        open += 1;
        statements += 1;
        await ticks(waits[statements % waits.length] ?? 0);
        open -= 1;
        return work();
      };
      const write = ({ streamId, events }: Item) => {
        written.set(streamId, [...(written.get(streamId) ?? []), ...events]);
        return events[0] ?? -1;
      };
      const { append, waiting } = createAppendCoalescer<Item, number>({
        appendOne: (item) =>
          statement(() => {
            if (item.bad) throw new TidemarkError('event-id-reused', 'bad');
            if (item.unfit) throw new TidemarkError('expected-version-conflict', 'unfit');
            return write(item);
          }),
        appendGroup: (items) => {
          expect(new Set(items.map(({ streamId }) => streamId)).size).toBe(items.length);
          const events = items.reduce((sum, item) => sum + item.events.length, 0);
          expect(items.length === 1 || events <= 500).toBe(true);
          expect(open).toBeLessThanOrEqual(1);
          return statement(() => {
            if (items.some(({ bad }) => bad)) throw new Error('duplicate key');
            return items.map((item) => (item.unfit ? undefined : write(item)));
          });
        },
      });
      let next = 0;
      const sent: { item: Item; answer: Promise<number | string> }[] = [];
      for (const { stream, count, fate, ticks: pause } of arrivals) {
        const events = Array.from({ length: count }, () => {
          next += 1;
          return next;
        });
        const item = { streamId: `s-${stream}`, events, bad: fate === 'bad', unfit: fate === 'unfit' };
        sent.push({ item, answer: append(item).catch((error: TidemarkError) => error.code) });
        await ticks(pause);
      }
      for (const { item, answer } of sent) {
        const wanted = item.bad ? 'event-id-reused' : item.unfit ? 'expected-version-conflict' : item.events[0];
        expect(await answer).toBe(wanted);
      }
      const good = sent.filter(({ item }) => !item.bad && !item.unfit).map(({ item }) => item);
      for (const streamId of new Set(sent.map(({ item }) => item.streamId))) {
        const own = good.filter((item) => item.streamId === streamId).flatMap(({ events }) => events);
        expect(written.get(streamId) ?? []).toEqual(own);
      }
      expect(waiting()).toBe(0);
    }),
    { numRuns: 200 },
  );
});
