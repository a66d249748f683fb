import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

describe('the mark that a page begins from', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
  });
  afterAll(() => tidemark.stop());

  test('holds the last append at once, and the list up to it shows that event', async () => {
    const { eventStore, explorer } = tidemark.services;
    for (let n = 1; n <= 20; n += 1) {
      const streamId = `order-${n}` as never;
      const { globalPosition } = await eventStore.append({
        streamId,
        expectedVersion: 'no_stream',
        events: [{ eventType: 'Noted', data: {} }],
      });
      expect((await explorer.mark()).position).toBe(globalPosition);
      const { events } = await explorer.listEvents({ streamId, direction: 'backward' });
      expect(events.map((event) => event.globalPosition)).toEqual([globalPosition]);
    }
  });
});
