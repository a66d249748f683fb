import { describe, expect, test } from 'vitest';
import type { EventDetail } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { previewOf } from './previews.ts';

const event = (data: object) => ({ eventType: 'Sent', data: data as JsonObject }) as EventDetail;
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('a preview of a payload', () => {
  test('is not made of one that is within the bound, nor where there is none', () => {
    const small = event({ total: 12, lines: [{ sku: 'TEE' }] });
    expect(previewOf(small, 64_000)).toBe(small);
    const large = event({ text: 'x'.repeat(100_000) });
    expect(previewOf(large, undefined)).toBe(large);
    const within = event({ text: 'x'.repeat(1990 - 11) });
    expect(previewOf(within, 1990)).toBe(within);
    expect(previewOf(event({ text: 'x'.repeat(1990 - 10) }), 1990).dataBytes).toBe(1991);
  });

  test.each([
    ['a long text', { text: '0123456789'.repeat(500_000) }],
    ['10,000 fields', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key-${index}`, index]))],
    ['10,000 items', { items: Array.from({ length: 10_000 }, (_, index) => ({ index, name: `item ${index}` })) }],
    ['many long texts', { lines: Array.from({ length: 1000 }, () => 'é'.repeat(5000)) }],
  ])('of %s has its beginning, says how large the whole is, and is small', (_, data) => {
    const shown = previewOf(event(data), 64_000);
    expect(shown.dataBytes).toBe(sizeOf(data));
    expect(sizeOf(shown.data)).toBeLessThan(20_000);
    expect(Object.keys(shown.data)[0]).toBe(Object.keys(data)[0]);
    expect(sizeOf(previewOf(event(data), 2000).data)).toBeLessThan(5000);
  });

  test('cuts what was written too, no character through, no sealed text, and takes any name', () => {
    const sealed = `sealed:v1:0c9e77d1-7f3a-7d22-8e11-3f0a9c6b2241:${'A'.repeat(1500)}`;
    const data = JSON.parse(
      `{"__proto__":"mine","address":"${sealed}","text":"${'a'.repeat(899)}😀${'b'.repeat(70_000)}"}`,
    );
    const shown = previewOf({ ...event(data), original: { schemaVersion: 1, data } }, 64_000);
    expect(Object.keys(shown.data)).toEqual(['__proto__', 'address', 'text']);
    expect(shown.data.address).toBe(sealed);
    expect(shown.data.text).toBe(`${'a'.repeat(899)}…`);
    expect(sizeOf(shown.original?.data)).toBeLessThan(20_000);
  });
});
