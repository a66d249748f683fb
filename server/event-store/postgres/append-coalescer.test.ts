import { describe, expect, test } from 'vitest';
import { TidemarkError } from '#server/kernel/errors.ts';
import { createAppendCoalescer } from './append-coalescer.ts';

type Item = { streamId: string; events: readonly number[] };

/** A coalescer over a list: `bad` streams fail a group whole, `unfit` ones have no answer in it. */
function overList({ bad = new Set<string>(), unfit = new Set<string>(), waitingEventsMax = 1000 } = {}) {
  const written: number[] = [];
  const groups: string[][] = [];
  const coalescer = createAppendCoalescer<Item, string>({
    waitingEventsMax,
    async appendOne({ streamId, events }) {
      await Promise.resolve();
      if (bad.has(streamId)) throw new TidemarkError('event-id-reused', 'reused');
      if (unfit.has(streamId)) throw new TidemarkError('expected-version-conflict', 'conflict');
      written.push(...events);
      return `${streamId} alone`;
    },
    async appendGroup(items) {
      await Promise.resolve();
      groups.push(items.map(({ streamId }) => streamId));
      if (items.some(({ streamId }) => bad.has(streamId))) throw new Error('duplicate key');
      const fitting = items.filter(({ streamId }) => !unfit.has(streamId));
      for (const { events } of fitting) written.push(...events);
      return items.map((item) => (fitting.includes(item) ? `${item.streamId} in a group` : undefined));
    },
  });
  return { coalescer, written, groups };
}

const item = (streamId: string, ...events: number[]): Item => ({ streamId, events });
const outcome = (answer: Promise<string>) => answer.catch((error: TidemarkError) => error.code);

describe('coalescing of appends', () => {
  test('what waits goes as one group, and each caller has its own answer', async () => {
    const { coalescer, groups } = overList({ unfit: new Set(['b']) });
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => outcome(coalescer.append(item(id, 1)))));
    expect(answers).toEqual(['a in a group', 'expected-version-conflict', 'c in a group']);
    expect(groups).toEqual([['a', 'b', 'c']]);
  });

  test('a group that fails falls apart: the one at fault alone is told', async () => {
    const { coalescer, written } = overList({ bad: new Set(['b']) });
    const answers = await Promise.all(['a', 'b', 'c'].map((id, n) => outcome(coalescer.append(item(id, n)))));
    expect(answers).toEqual(['a alone', 'event-id-reused', 'c alone']);
    expect(written).toEqual([0, 2]);
  });

  test('appends to one stream go one after the other, in the order in which they came', async () => {
    const { coalescer, written, groups } = overList();
    await Promise.all([1, 2, 3, 4].map((n) => coalescer.append(item('hot', n))));
    expect(written).toEqual([1, 2, 3, 4]);
    for (const group of groups) expect(new Set(group).size).toBe(group.length);
    expect(coalescer.waiting()).toBe(0);
  });

  test('past the bound an append is refused with when to come again', async () => {
    const { coalescer } = overList({ waitingEventsMax: 2 });
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => outcome(coalescer.append(item(id, 1)))));
    expect(answers).toEqual(['a in a group', 'b in a group', 'overloaded']);
  });
});
