import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewEvent } from '#server/kernel/event.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

describe('search over events', () => {
  let tidemark: TestTidemark;
  let position: string;
  beforeAll(async () => {
    tidemark = await startTidemark();
    const { eventStore } = tidemark.services;
    const events: NewEvent[] = [
      {
        eventType: 'ParcelSent',
        data: { carrier: { name: 'Schnell und Sicher' }, note: '100%_sure' },
        metadata: { correlationId: '01a217fd-9028-75e9-985c-7c0d32897fe2' },
      },
      { eventType: 'ParcelLost', data: { tags: ['gone', 'forever'] } },
    ];
    ({ globalPosition: position } = await eventStore.append({
      streamId: 'parcel-1' as StreamId,
      expectedVersion: 'any',
      events,
    }));
  });
  afterAll(() => tidemark.stop());

  const found = async (q: string) =>
    (await tidemark.services.explorer.searchEvents({ q })).hits.map(({ eventType, match }) => [eventType, match]);

  test('a text in a payload is found, with the field and the words round it', async () => {
    expect(await found('und sich')).toEqual([
      ['ParcelSent', { by: 'payload', where: 'carrier.name', text: 'Schnell \ue000und Sich\ue001er' }],
    ]);
    expect(await found('forev')).toMatchObject([['ParcelLost', { where: 'tags[1]' }]]);
    expect(await found('%_s')).toMatchObject([['ParcelSent', { where: 'note' }]]);
    expect(await found('gone%')).toEqual([]);
  });

  test('a position, an id and a correlation are what they are', async () => {
    expect(await found(position)).toMatchObject([['ParcelLost', { by: 'position' }]]);
    expect(await found('01a217fd-9028-75e9-985c-7c0d32897fe2')).toMatchObject([['ParcelSent', { by: 'correlation' }]]);
    const event = await tidemark.services.eventStore.readEvent(position as never);
    expect(await found(event?.eventId ?? '')).toMatchObject([['ParcelLost', { by: 'event id' }]]);
  });

  test('a part of a name finds the types, with their counts', async () => {
    const lost = async () => (await tidemark.services.explorer.searchEvents({ q: 'celL' })).types;
    await expect.poll(lost, { timeout: 20_000 }).toEqual([{ eventType: 'ParcelLost', count: 1 }]);
    // A name that is misspelt leads to the type that was meant, one that is not to nothing else.
    const { types } = await tidemark.services.explorer.searchEvents({ q: 'ParcelSnet' });
    expect(types).toEqual([{ eventType: 'ParcelSent', count: 1 }]);
    expect((await tidemark.services.explorer.searchEvents({ q: 'OrderPlaced' })).types).toEqual([]);
  });
});
