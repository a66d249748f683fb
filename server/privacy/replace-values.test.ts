import { describe, expect, test } from 'vitest';
import { replaceValues } from './replace-values.ts';

const masked = (value: unknown) =>
  replaceValues(value, {
    names: new Set(['trackingNumber', 'tracking_number', 'card-number']),
    masked: '•••',
    text: (text) => (text.startsWith('sealed:') ? '(sealed)' : text),
  });

describe('values of private fields', () => {
  test('are replaced at any depth, under any spelling that is known, whatever they are', () => {
    expect(masked({ data: { trackingNumber: '1', lines: [{ trackingNumber: { parts: [1] } }], sku: 'TEE' } })).toEqual({
      data: { trackingNumber: '•••', lines: [{ trackingNumber: '•••' }], sku: 'TEE' },
    });
    expect(masked([{ tracking_number: 7 }, { tracking_number: true }, { tracking_number: null }])).toEqual([
      { tracking_number: '•••' },
      { tracking_number: '•••' },
      { tracking_number: null },
    ]);
  });

  test('are replaced in payloads that look like schemas', () => {
    expect(masked({ data: { properties: { trackingNumber: '1' }, schema: { trackingNumber: '2' } } })).toEqual({
      data: { properties: { trackingNumber: '•••' }, schema: { trackingNumber: '•••' } },
    });
  });

  test('are replaced where a path or a field stands beside them', () => {
    expect(masked({ patch: [{ op: 'replace', path: '/trackingNumber', value: '1' }] })).toEqual({
      patch: [{ op: 'replace', path: '/trackingNumber', value: '•••' }],
    });
    expect(masked({ field: 'tracking_number', stored: 'a', replayed: null })).toEqual({
      field: 'tracking_number',
      stored: '•••',
      replayed: null,
    });
    for (const path of ['/card-number', 'card-number', 'data["card-number"].length']) {
      expect(masked({ path, value: '1' })).toEqual({ path, value: '•••' });
    }
    expect(
      masked({ path: 'trackingNumber', changes: [{ streamVersion: 3, before: null, after: '1' }], lastVersion: 4 }),
    ).toEqual({ path: 'trackingNumber', changes: [{ streamVersion: 3, before: null, after: '•••' }], lastVersion: 4 });
    expect(masked({ path: 'status', changes: [{ after: 'shipped' }] })).toEqual({
      path: 'status',
      changes: [{ after: 'shipped' }],
    });
    expect(masked({ path: '/status', value: 'shipped' })).toEqual({ path: '/status', value: 'shipped' });
  });

  test('keep their places in a list that tells of a field over time', () => {
    expect(masked({ versions: [1, 2, 3], series: [{ path: 'trackingNumber', values: [null, null, '1'] }] })).toEqual({
      versions: [1, 2, 3],
      series: [{ path: 'trackingNumber', values: [null, null, '•••'] }],
    });
  });

  test('are replaced by what they are wherever they stand', () => {
    expect(masked({ path: '/recipient', value: 'sealed:v1:x' })).toEqual({ path: '/recipient', value: '(sealed)' });
    expect(masked(['sealed:v1:x', { a: { b: 'sealed:v1:x' } }])).toEqual(['(sealed)', { a: { b: '(sealed)' } }]);
  });

  test('that are not there change nothing: the same object comes back, and schemas of commands are left alone', () => {
    const answer = {
      events: [{ data: { sku: 'TEE' } }],
      commandType: 'ShipOrder',
      opensStream: false,
      schema: { properties: { trackingNumber: { type: 'string' } } },
    };
    expect(masked(answer)).toBe(answer);
    const some = { changed: { trackingNumber: '1' }, same: answer };
    expect((masked(some) as typeof some).same).toBe(answer);
  });
});
