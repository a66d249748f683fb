import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Position } from '#server/kernel/position.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';
import type { EventsQuery } from './explorer.ts';

const APPENDS = 40;
const PAGE = 7;

let tidemark: TestTidemark;
beforeAll(async () => {
  tidemark = await startTidemark();
  for (let nth = 0; nth < APPENDS; nth += 1) {
    await tidemark.services.eventStore.append({
      streamId: `order-${nth % 3}` as never,
      expectedVersion: 'any',
      events: [
        { eventType: 'Noted', data: { nth }, metadata: { correlationId: nth % 5 < 3 ? 'campaign' : `c-${nth}` } },
      ],
    });
  }
});
afterAll(() => tidemark.stop());

/** All pages of a query, one after the other. */
async function paged(query: EventsQuery): Promise<Position[]> {
  const positions: Position[] = [];
  for (let after = query.after; ; ) {
    const page = await tidemark.services.explorer.listEvents({ ...query, ...(after && { after }), limit: PAGE });
    positions.push(...page.events.map((event) => event.globalPosition));
    if (page.nextAfter === null) return positions;
    after = page.nextAfter;
  }
}

test.each([
  { streamId: 'order-1' },
  { correlationId: 'campaign' },
  { streamId: 'order-1', correlationId: 'campaign' },
  { eventTypes: ['Noted'], streamId: 'order-2' },
])('pages of %o are all of it in global order, forward and backward, from any position', async (filter) => {
  const { events } = await tidemark.services.explorer.listEvents({ limit: 100 });
  const matching = events
    .filter(({ streamId }) => filter.streamId === undefined || streamId === filter.streamId)
    .filter(({ metadata }) => filter.correlationId === undefined || metadata.correlationId === filter.correlationId)
    .map((event) => event.globalPosition);
  expect(matching.length).toBeGreaterThan(PAGE);
  const query = filter as EventsQuery;
  expect(await paged({ ...query, direction: 'forward' })).toEqual(matching);
  expect(await paged({ ...query, direction: 'backward' })).toEqual(matching.toReversed());
  // From a position of another stream and of another correlation too.
  for (const { globalPosition: after } of events) {
    const isAfter = (position: Position) => Number(position) > Number(after);
    expect(await paged({ ...query, after, direction: 'forward' })).toEqual(matching.filter(isAfter));
    const before = matching.filter((position) => Number(position) < Number(after)).toReversed();
    expect(await paged({ ...query, after, direction: 'backward' })).toEqual(before);
  }
});
