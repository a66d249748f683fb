import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

describe('what led to an event, and what it led to', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
  });
  afterAll(() => tidemark.stop());

  const append = async (streamId: string, events: Partial<NewEvent>[]) => {
    const { eventStore } = tidemark.services;
    const recorded = await eventStore.append({
      streamId: streamId as StreamId,
      expectedVersion: 'any',
      events: events.map((event) => ({ eventType: 'Noted', data: {}, ...event })),
    });
    return recorded.positions;
  };
  const about = (globalPosition: Position) => tidemark.services.explorer.causation({ globalPosition });

  test('a command, the events it made, and what each of them caused', async () => {
    const { commandBus, eventStore } = tidemark.services;
    const commandId = randomUUID();
    const lines = [{ sku: 'TEE', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }];
    const data = { customerId: 'cus-1', lines };
    await commandBus.handle({ commandType: 'PlaceOrder', streamId: 'order-cause', data, actor: 'ada', commandId });
    const [placed] = (await eventStore.readStream('order-cause' as StreamId)).events;
    const correlationId = placed?.metadata.correlationId ?? '';
    const second = randomUUID();
    const [first, sibling] = await append('note-1', [
      { eventId: second, metadata: { correlationId, causationId: placed?.eventId ?? '', commandId: 'by-hand' } },
      { metadata: { correlationId, causationId: placed?.eventId ?? '', commandId: 'by-hand' } },
    ]);
    const [last] = await append('note-2', [{ metadata: { correlationId, causationId: second } }]);

    expect(await about(placed?.globalPosition as Position)).toMatchObject({
      causes: [{ kind: 'command', commandId, commandType: 'PlaceOrder' }],
      siblings: [],
      effects: [{ globalPosition: first }, { globalPosition: sibling }],
      truncated: false,
    });
    expect(await about(first as Position)).toMatchObject({
      causes: [
        { kind: 'command', commandId: 'by-hand', commandType: null },
        { kind: 'event', globalPosition: placed?.globalPosition, eventType: 'OrderPlaced' },
        { kind: 'command', commandId, commandType: 'PlaceOrder' },
      ],
      siblings: [{ globalPosition: sibling, streamId: 'note-1', streamVersion: 2 }],
      effects: [{ globalPosition: last }],
    });
    expect((await about(last as Position)).causes).toMatchObject([
      { kind: 'event', globalPosition: first },
      { kind: 'command', commandId: 'by-hand' },
      { kind: 'event', globalPosition: placed?.globalPosition },
      { kind: 'command', commandId },
    ]);
  });

  test('a long chain and a wide one say that they are told in part; a cause that is no id is no fault', async () => {
    const ids = Array.from({ length: 30 }, () => randomUUID());
    const chain = await append(
      'note-chain',
      ids.map((eventId, index) => ({ eventId, metadata: { causationId: ids[index - 1] ?? 'a clock' } })),
    );
    const told = await about(chain.at(-1) as Position);
    expect([told.causes.length, told.causesTruncated]).toEqual([20, true]);

    const eventId = randomUUID();
    const correlationId = 'wide';
    const [one] = await append('note-wide', [{ eventId, metadata: { correlationId, causationId: "' or 1=1" } }]);
    await append(
      'note-wide',
      Array.from({ length: 120 }, () => ({ metadata: { correlationId, causationId: eventId } })),
    );
    const wide = await about(one as Position);
    expect([wide.causes, wide.effects.length, wide.truncated]).toEqual([[], 100, true]);
  });

  test('a position without an event is told as one', async () => {
    await expect(about('999999' as Position)).rejects.toMatchObject({ code: 'event-not-found' });
  });
});
