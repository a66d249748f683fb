import { assert, constantFrom, dictionary, option, property, record, string, uuid } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { fromCloudEvent, type ImportedEvent, toCloudEvent } from './cloud-event.ts';

const LINE = { specversion: '1.0', id: 'a1', source: 'shop', type: 'Opened', subject: 'door-1', data: {} };

function recorded({ streamId, event }: ImportedEvent): RecordedEvent {
  return {
    globalPosition: '1' as Position,
    streamId,
    category: 'door',
    streamVersion: 1,
    eventId: event.eventId,
    eventType: event.eventType,
    schemaVersion: event.schemaVersion ?? 1,
    data: event.data,
    metadata: event.metadata,
    occurredAt: event.occurredAt ?? '2026-01-01T00:00:00.000Z',
    recordedAt: '2026-01-01T00:00:00.000Z',
  };
}

describe('a CloudEvent', () => {
  test('of another source comes out as it went in, its own id and extensions included', () => {
    const line = { ...LINE, time: '2026-01-02T03:04:05.678Z', traceparent: '00-ab', sampled: true, schemaversion: 3 };
    expect(toCloudEvent(recorded(fromCloudEvent(line)))).toEqual({ ...line, datacontenttype: 'application/json' });
  });

  test('is the same event however often it is read, and another with another source', () => {
    const { eventId } = fromCloudEvent(LINE).event;
    expect(fromCloudEvent({ ...LINE }).event.eventId).toBe(eventId);
    expect(fromCloudEvent({ ...LINE, source: 'other' }).event.eventId).not.toBe(eventId);
  });

  test('of ours comes back with the same id, type, data and metadata, whatever the metadata holds', () => {
    const metadata = record(
      {
        correlationId: uuid(),
        actor: string({ minLength: 1 }),
        extras: dictionary(string({ minLength: 1 }), option(string())),
      },
      { requiredKeys: [] },
    );
    assert(
      property(uuid(), metadata, constantFrom(1, 2, 7), (eventId, { extras, ...known }, schemaVersion) => {
        const event = recorded({
          streamId: 'door-1' as StreamId,
          event: {
            eventId,
            eventType: 'Opened',
            schemaVersion,
            data: { by: 'ada' },
            metadata: { ...known, ...(extras && { extras }) } as JsonObject,
          },
        });
        const line: unknown = JSON.parse(JSON.stringify(toCloudEvent(event)));
        expect(recorded(fromCloudEvent(line))).toEqual(event);
      }),
    );
  });

  test.each([
    ['specversion', { ...LINE, specversion: '0.3' }],
    ['id', { ...LINE, id: '' }],
    ['source', { ...LINE, source: 7 }],
    ['type', { ...LINE, type: undefined }],
    ['subject', { ...LINE, subject: 'no spaces here' }],
    ['data', { ...LINE, data: [1] }],
    ['data_base64', { ...LINE, data_base64: 'AAAA' }],
    ['line.data.note', { ...LINE, data: { note: 'a\u0000b' } }],
    ['tidemarkmetadata', { ...LINE, tidemarkmetadata: '{' }],
    ['line', 'text'],
  ])('is refused by the name of %s', (field, line) => {
    expect(() => fromCloudEvent(line)).toThrowError(expect.objectContaining({ details: { field } }));
  });
});
