import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

const LONG = 'meter-long' as StreamId;
const SHORT = 'order-short' as StreamId;
const LENGTH = 12_000;

describe('what the page of a stream asks', () => {
  let tidemark: TestTidemark;
  beforeAll(async () => {
    tidemark = await startTidemark();
    const { eventStore, commandBus } = tidemark.services;
    // A meter without code of its own: the state is the merged data. It is high twice: from 4,001 on, and from 11,001 on.
    for (let from = 1; from <= LENGTH; from += 1000) {
      const events = Array.from({ length: 1000 }, (_, index) => {
        const n = from + index;
        const high = (n > 4000 && n <= 9000) || n > 11_000;
        return { eventType: 'Read', data: { value: n, level: high ? 'high' : 'low' } };
      });
      await eventStore.append({ streamId: LONG, expectedVersion: 'any', events });
    }
    const send = (commandType: string, data: object) =>
      commandBus.handle({ commandType, streamId: SHORT, data, actor: 'ada' });
    const lines = [{ sku: 'TEE', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }];
    await send('PlaceOrder', { customerId: 'cus-1', lines });
    await send('ConfirmOrder', {});
    await send('CancelOrder', { reason: 'changed my mind' });
  });
  afterAll(() => tidemark.stop());

  test('bisect finds the first version at which the condition became true, and goes on to the next', async () => {
    const { bisect } = tidemark.services.explorer;
    const first = await bisect({ streamId: LONG, where: 'level = "high"' });
    expect(first).toMatchObject({ found: { streamVersion: 4001, eventType: 'Read' }, holds: true, nextAfter: null });
    const second = await bisect({ streamId: LONG, where: 'level = "high"', after: 4001 });
    expect(second).toMatchObject({ found: { streamVersion: 11_001 } });
    const third = await bisect({ streamId: LONG, where: 'level = "high"', after: 11_001 });
    expect(third).toMatchObject({ found: null, holds: true, scannedTo: LENGTH, nextAfter: null });
  });

  test('bisect looks at a bounded stretch at a time, and says how far it came', async () => {
    const { bisect } = tidemark.services.explorer;
    const part = await bisect({ streamId: LONG, where: 'value > 11500' });
    expect(part).toMatchObject({ found: null, scannedTo: 10_000, lastVersion: LENGTH, nextAfter: 10_000 });
    const next = await bisect({ streamId: LONG, where: 'value > 11500', after: part.nextAfter ?? 0 });
    expect(next.found?.streamVersion).toBe(11_501);
  });

  test('a condition that can not be read, and a stream without events, are refused by name', async () => {
    const { bisect } = tidemark.services.explorer;
    await expect(bisect({ streamId: LONG, where: 'level = ' })).rejects.toMatchObject({
      code: 'bad-request',
      details: { field: 'where', column: 9 },
    });
    await expect(bisect({ streamId: tidemark.unknown, where: 'a' })).rejects.toMatchObject({
      code: 'stream-not-found',
    });
  });

  test('a field that no version has is told, with the one that was likely meant', async () => {
    const { bisect } = tidemark.services.explorer;
    const wrong = await bisect({ streamId: SHORT, where: 'stauts = "placed" and lines.length = 1' });
    expect(wrong).toMatchObject({ found: null, unseen: [{ path: 'stauts', near: 'status' }] });
    expect((await bisect({ streamId: SHORT, where: 'status = "shipped"' })).unseen).toEqual([]);
  });

  test('a field tells the versions at which it changed, newest first, with both values', async () => {
    const { fieldChanges } = tidemark.services.explorer;
    const status = await fieldChanges({ streamId: SHORT, path: 'status' });
    expect(status.changes.map(({ streamVersion, eventType, after }) => [streamVersion, eventType, after])).toEqual([
      [3, 'OrderCancelled', 'cancelled'],
      [2, 'OrderConfirmed', 'confirmed'],
      [1, 'OrderPlaced', 'placed'],
    ]);
    expect(status.nextUpTo).toBeNull();
    const level = await fieldChanges({ streamId: LONG, path: 'level', upTo: 10_000 });
    expect(level.changes.map((change) => change.streamVersion)).toEqual([9001]);
    expect(level.nextUpTo).toBe(5000);
    const before = await fieldChanges({ streamId: LONG, path: 'level', upTo: 5000 });
    expect(before.changes.map((change) => change.streamVersion)).toEqual([4001, 1]);
  });

  test('a field that changes at every version is told in stretches that meet', async () => {
    const { fieldChanges } = tidemark.services.explorer;
    const newest = await fieldChanges({ streamId: LONG, path: 'value' });
    expect(newest.changes).toHaveLength(200);
    expect(newest.changes.at(-1)?.streamVersion).toBe(newest.scannedFrom);
    const older = await fieldChanges({ streamId: LONG, path: 'value', upTo: newest.nextUpTo ?? 0 });
    expect(older.changes[0]?.streamVersion).toBe(newest.scannedFrom - 1);
  });

  test('fields over time have every version of a short stream and a sample of a long one, with its ends', async () => {
    const { fieldsOverTime } = tidemark.services.explorer;
    const short = await fieldsOverTime({ streamId: SHORT });
    expect(short.versions).toEqual([1, 2, 3]);
    expect(short.series[0]).toEqual({ path: 'status', kind: 'state', values: ['placed', 'confirmed', 'cancelled'] });
    const long = await fieldsOverTime({ streamId: LONG });
    expect([long.versions[0], long.versions.at(-1), long.versions.length]).toEqual([1, LENGTH, 120]);
    const value = long.series.find((one) => one.path === 'value');
    expect(value?.kind).toBe('number');
    expect(value?.values).toEqual(long.versions);
  });

  test('a version that can not be folded ends each of them with its number and why', async () => {
    const { eventStore, explorer } = tidemark.services;
    const streamId = 'order-broken' as StreamId;
    const data = { customerId: 'cus-1', lines: [{ sku: 'A', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } }] };
    await eventStore.append({
      streamId,
      expectedVersion: 'no_stream',
      events: [
        { eventType: 'OrderPlaced', data },
        { eventType: 'OrderReturned', data: {} },
      ],
    });
    const found = await explorer.bisect({ streamId, where: 'status = "returned"' });
    expect(found).toMatchObject({ found: null, scannedTo: 1, nextAfter: null, unfoldable: { streamVersion: 2 } });
    expect((await explorer.fieldChanges({ streamId, path: 'status' })).unfoldable?.streamVersion).toBe(2);
    const fields = await explorer.fieldsOverTime({ streamId });
    expect([fields.versions, fields.unfoldable?.streamVersion]).toEqual([[1], 2]);
  });

  test('a trace has the command with its receipt, its events and where projections stand; a stranger is not in it', async () => {
    const { commandBus, eventStore, explorer } = tidemark.services;
    const receipt = await commandBus.handle({
      commandType: 'ReceiveStock',
      streamId: 'stock-TRACED',
      data: { quantity: 5 },
      actor: 'ada',
      waitForMs: 20_000,
    });
    const correlationId = receipt.commandId;
    await eventStore.append({
      streamId: 'note-1' as StreamId,
      expectedVersion: 'any',
      events: [
        { eventType: 'Noted', data: {}, metadata: { correlationId, causationId: receipt.events[0]?.eventId ?? '' } },
        { eventType: 'Noted', data: {}, metadata: { correlationId: `${correlationId}7` } },
      ],
    });
    const trace = await explorer.trace({ correlationId });
    expect(trace.events.map((event) => event.streamId)).toEqual(['stock-TRACED', 'note-1']);
    expect(trace.events[1]?.causationId).toBe(trace.events[0]?.eventId);
    expect(trace.commands).toMatchObject([{ commandType: 'ReceiveStock', outcome: 'accepted', actor: 'ada' }]);
    expect(trace.commands[0]?.steps.map((one) => one.step)).toContain('append');
    expect(trace.projections.map((one) => one.name)).toContain('orders');
    expect(trace.truncated).toBe(false);
    expect((await explorer.trace({ correlationId: 'nothing' })).events).toEqual([]);
  });

  test('a trace of more events than are shown has the first of them, and says so', async () => {
    const { eventStore, explorer } = tidemark.services;
    for (let from = 0; from < 6000; from += 1000) {
      const events = Array.from({ length: 1000 }, () => ({
        eventType: 'Noted',
        data: {},
        metadata: { correlationId: 'flood' },
      }));
      await eventStore.append({ streamId: 'note-flood' as StreamId, expectedVersion: 'any', events });
    }
    const trace = await explorer.trace({ correlationId: 'flood' });
    expect([trace.events.length, trace.eventsMax, trace.truncated]).toEqual([5000, 5000, true]);
    expect(trace.events.at(-1)?.streamVersion).toBe(5000);
  });
});
