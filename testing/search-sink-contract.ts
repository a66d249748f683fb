import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchDocument, SearchSink } from '#server/projections/sinks/search-sink.ts';

type Opened = { sink: SearchSink; close(): Promise<void> };

/** What every search engine must do, whatever it is made of. */
export function searchSinkContract(name: string, open: () => Promise<Opened>): void {
  describe(`the search sink on ${name}`, () => {
    let opened: Opened;
    let streams = 0;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const stream = () => {
      streams += 1;
      return `order-${streams}`;
    };
    const document = (streamId: string, version: number, note = `as of ${version}`): SearchDocument => ({
      streamId,
      category: 'order',
      version,
      fields: { note, lines: [{ sku: 'TEE', quantity: version }] },
      eventTypes: ['OrderPlaced'],
    });
    const stored = async (streamId: string) => (await opened.sink.read([streamId]))[0];

    test('what is put is read; what was not is left out', async () => {
      const [a, b, never] = [stream(), stream(), stream()];
      expect(await opened.sink.put([document(a, 1), document(b, 3)])).toBe(2);
      const read = await opened.sink.read([a, b, never]);
      expect(read.sort((x, y) => x.streamId.length - y.streamId.length || (x.streamId < y.streamId ? -1 : 1))).toEqual([
        document(a, 1),
        document(b, 3),
      ]);
      expect(await opened.sink.read([])).toEqual([]);
      expect(await opened.sink.put([])).toBe(0);
    });

    test('an older document, or the same version with other content, does not undo what stands', async () => {
      const id = stream();
      await opened.sink.put([document(id, 5)]);
      expect(await opened.sink.put([document(id, 4)])).toBe(0);
      expect(await opened.sink.put([document(id, 5, 'forged')])).toBe(0);
      expect(await stored(id)).toEqual(document(id, 5));
      expect(await opened.sink.put([document(id, 6)])).toBe(1);
      expect(await stored(id)).toEqual(document(id, 6));
    });

    test('of several of one stream in one put the newest counts', async () => {
      const id = stream();
      expect(await opened.sink.put([document(id, 2), document(id, 7), document(id, 3)])).toBe(1);
      expect(await stored(id)).toEqual(document(id, 7));
    });

    test('pages in any order, repeated and overlapping, end with the newest of every stream', async () => {
      const page = fc.array(fc.record({ stream: fc.nat({ max: 4 }), version: fc.integer({ min: 1, max: 9 }) }), {
        maxLength: 8,
      });
      await fc.assert(
        fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 6 }), async (pages) => {
          const ids = Array.from({ length: 5 }, stream);
          for (const entries of pages) {
            await opened.sink.put(entries.map((entry) => document(ids[entry.stream] ?? '', entry.version)));
          }
          for (const [index, id] of ids.entries()) {
            const versions = pages.flat().flatMap((entry) => (entry.stream === index ? [entry.version] : []));
            const newest = versions.length === 0 ? undefined : document(id, Math.max(...versions));
            expect(await stored(id)).toEqual(newest);
          }
        }),
        { numRuns: 15 },
      );
    });

    test('writers at once end with the newest', async () => {
      const ids = Array.from({ length: 3 }, stream);
      const versions = Array.from({ length: 12 }, (_, index) => ((index * 7) % 12) + 1);
      await Promise.all(versions.map((version) => opened.sink.put(ids.map((id) => document(id, version)))));
      for (const id of ids) expect(await stored(id)).toEqual(document(id, 12));
    });

    test('takes what people write', async () => {
      const id = stream();
      const odd = { quote: `it's "so" \\ {}`, text: 'naïve 東京 🎈 café', deep: { list: [[], {}, null, 1.5, true] } };
      await opened.sink.put([{ ...document(id, 1), fields: odd }]);
      expect((await stored(id))?.fields).toEqual(odd);
    });
  });
}
