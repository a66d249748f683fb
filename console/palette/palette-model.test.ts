import { describe, expect, test } from 'vitest';
import { projectionFixture, versionFixture } from '#console/overview/pulse-fixtures.ts';
import type { EventHit } from '#server/explorer/searches.ts';
import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import { actItems, directItems, eventItems, go, isUuid, joinGroups, matchItems, searchItem } from './palette-model.ts';

const hrefs = (text: string) => directItems(text).map(({ target }) => (target.kind === 'go' ? target.href : null));

describe('a text that is an address by its form', () => {
  test('positions, however their digits are grouped', () => {
    expect(hrefs('4812097')).toEqual(['/events/4812097']);
    expect(hrefs(' 4,812,097 ')).toEqual(['/events/4812097']);
    expect(hrefs('#42')).toEqual(['/events/42']);
    expect(hrefs('0042')).toEqual(['/events/42']);
  });

  test('a number no position can be leads nowhere', () => {
    expect(hrefs('12345678901234')).toEqual([]);
  });

  test('stream ids, command ids, and neither', () => {
    expect(hrefs('order-7f3')).toEqual(['/streams/order-7f3']);
    expect(hrefs('file-lib/express.js')).toEqual(['/streams/file-lib%2Fexpress.js']);
    expect(hrefs('0C9E77D1-7F3A-7D22-8E11-3F0A9C6B2241')).toEqual([
      '/commands/runs/0c9e77d1-7f3a-7d22-8e11-3f0a9c6b2241',
    ]);
    expect(hrefs('overview')).toEqual([]);
    expect(hrefs('')).toEqual([]);
  });

  test('any text can be searched for', () => {
    expect(searchItem('shirt')?.target).toEqual({ kind: 'go', href: '/search?q=shirt' });
    expect(searchItem('  ')).toBeNull();
  });
});

test('an id leads to the event that has it, and to the trace that has it as its correlation', () => {
  const id = '0C9E77D1-7F3A-7D22-8E11-3F0A9C6B2241';
  const at = { globalPosition: '4812' as Position, eventType: 'OrderPlaced', streamId: 'order-1' as StreamId };
  const found = (by: EventHit['match']['by']) => ({ ...at, match: { by, where: null, text: id } });
  const lead = (...by: EventHit['match']['by'][]) =>
    eventItems(id, by.map(found)).map(({ target }) => target.kind === 'go' && target.href);
  expect(lead('event id')).toEqual(['/events/4812']);
  expect(lead('correlation', 'correlation')).toEqual([`/traces/${id}`]);
  expect(lead('payload')).toEqual([]);
  expect(isUuid(` ${id} `)).toBe(true);
  expect(isUuid('order-1')).toBe(false);
});

describe('what a text means', () => {
  const items = [
    go('a', 'Projections', '/projections'),
    go('b', 'PlaceOrder', '/commands/PlaceOrder', 'order'),
    go('c', 'ReceiveStock', '/commands/ReceiveStock', 'stock'),
    go('d', 'orders', '/projections/orders', 'projection'),
  ];

  test('the beginning of the label comes before that of a word, and that before the note', () => {
    expect(matchItems('order', items).map(({ id }) => id)).toEqual(['d', 'b']);
    expect(matchItems('pro', items).map(({ id }) => id)).toEqual(['a', 'd']);
  });

  test('every word must be found', () => {
    expect(matchItems('place order', items).map(({ id }) => id)).toEqual(['b']);
    expect(matchItems('place stock', items)).toEqual([]);
  });

  test('nothing typed keeps everything in its order', () => {
    expect(matchItems(' ', items)).toEqual(items);
  });
});

test('an address shows once, in the first group that has it', () => {
  const same = go('x', 'orders', '/projections/orders');
  const groups = joinGroups([
    { heading: 'Recent', items: [same] },
    { heading: 'Projections', items: [{ ...same, id: 'y' }] },
  ]);
  expect(groups.map(({ heading }) => heading)).toEqual(['Recent']);
});

describe('acts on projections', () => {
  const labels = (...versions: ReturnType<typeof versionFixture>[]) =>
    actItems([projectionFixture('orders', { versions })]).map(({ label }) => label);

  test('those that can be done now, each at the address of its sheet', () => {
    expect(labels(versionFixture())).toEqual([
      'Rebuild: orders v1',
      'Pause: orders v1',
      'Throttle: orders v1',
      'Rewind: orders v1',
    ]);
    const candidate = versionFixture({ version: 2, state: 'building', promotable: false });
    expect(labels(candidate)).toEqual(['Pause: orders v2', 'Throttle: orders v2', 'Cancel the build: orders v2']);
    const [found] = matchItems('rebuild orders', actItems([projectionFixture('search'), projectionFixture('orders')]));
    expect(found?.target).toEqual({ kind: 'go', href: '/projections/orders?tab=versions&act=rebuild&of=1' });
  });
});
