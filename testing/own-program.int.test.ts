import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepShelf } from '#examples/event-store.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';

const ROOT = join(import.meta.dirname, '..');
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('the event store in a program of its own', () => {
  let behind: TestDatabase;
  beforeAll(async () => {
    behind = await createTestDatabase();
  });
  afterAll(() => behind.drop());

  test('does what its page says', async () => {
    const { opened, once, twice, events, before, now, last, seen } = await keepShelf(behind.url);
    expect(opened).toMatchObject({ streamVersion: 2, appended: 2, duplicate: false });
    expect(twice).toEqual({ ...once, appended: 0, duplicate: true });
    expect(events.map(({ data }) => data)).toEqual([{ article: 'mug' }, { quantity: 12 }, { quantity: 2 }]);
    expect([before, now, last]).toEqual([{ quantity: 12 }, { quantity: 10 }, { quantity: 9 }]);
    expect(seen).toEqual(['ShelfOpened', 'GoodsArrived', 'GoodsTaken', 'GoodsTaken']);
    expect(await behind.database.query('select * from invoices')).toEqual([{ number: 7, shelf: 'shelf-mugs' }]);
  });

  test('its page shows what it runs', () => {
    const program = linesOf(readFileSync(join(ROOT, 'examples/event-store.ts'), 'utf8'));
    const page = readFileSync(join(ROOT, 'docs/event-store.md'), 'utf8');
    const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => linesOf(code));
    expect(blocks.length).toBeGreaterThan(5);
    for (const block of blocks) {
      const at = program.indexOf(block[0] ?? '');
      expect(program.slice(at, at + block.length)).toEqual(block);
    }
  });
});
