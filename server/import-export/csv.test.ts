import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { CSV_HEAD, toCsvLine } from './csv.ts';

const event = {
  globalPosition: '7',
  streamId: 'order-1',
  category: 'order',
  streamVersion: 2,
  eventType: 'OrderPlaced',
  occurredAt: '2026-11-26T10:00:00.000Z',
  recordedAt: '2026-11-26T10:00:00.001Z',
  eventId: '01a217fd-9028-75e9-985c-7c0d32897fe2',
  data: { note: 'say "hi", twice\r\nplease' },
  metadata: { actor: 'ada' },
} as unknown as RecordedEvent;

const withActor = (actor: string) => toCsvLine({ ...event, metadata: { actor } });

describe('CSV', () => {
  test('has a line an event, with what quotes and commas need', () => {
    expect(CSV_HEAD).toMatch(/^globalPosition,streamId,.*,data\r\n$/);
    expect(toCsvLine(event)).toBe(
      '7,order-1,order,2,OrderPlaced,2026-11-26T10:00:00.000Z,2026-11-26T10:00:00.001Z,01a217fd-9028-75e9-985c-7c0d32897fe2,ada,,,"{""note"":""say \\""hi\\"", twice\\r\\nplease""}"\r\n',
    );
  });

  test.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('%j is no formula', (text) => {
    expect(withActor(text)).toContain(`,"'${text}",`);
  });

  test('what only has such a character inside is left as it is', () => {
    expect(withActor('a=b')).toContain(',a=b,');
  });
});
