import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '#server/kernel/event.ts';
import * as view from './events-view.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const bounds = { from: Date.parse('2009-06-26T00:00:00Z'), to: Date.parse('2026-07-28T00:00:00Z') };
const empty: view.EventsView = {
  range: null,
  from: null,
  to: null,
  zoom: null,
  category: [],
  type: [],
  stream: null,
  corr: null,
  actor: null,
  live: false,
  q: null,
  where: null,
  pos: null,
  sel: null,
  view: null,
  lanes: null,
  payload: null,
  time: null,
};

describe('filterInput', () => {
  test('asks for nothing where nothing is set', () => {
    expect(view.filterInput(empty, now)).toEqual({});
  });

  test('a relative range becomes the time it began', () => {
    expect(view.filterInput({ ...empty, range: '1h' }, now)).toEqual({ from: '2026-11-24T11:00:00.000Z' });
    expect(view.filterInput({ ...empty, range: 'all' }, now)).toEqual({});
  });

  test('what can be no id of a stream has no events, and is not asked for as one', () => {
    const none = { lastPosition: '0' };
    expect(view.filterInput({ ...empty, stream: '1001' }, now)).toEqual(none);
    expect(view.filterInput({ ...empty, stream: 'order-', pos: '5~9' }, now)).toEqual(none);
    expect(view.filterInput({ ...empty, stream: 'file-lib/a b.js' }, now)).toEqual({ streamId: 'file-lib/a b.js' });
  });

  test('takes every filter of the URL to the server', () => {
    const all = { ...empty, category: ['order'], type: ['OrderPlaced'], stream: 'order-7', corr: 'c', actor: 'ada' };
    expect(view.filterInput({ ...all, from: '2026-01-01T00:00:00Z' }, now)).toEqual({
      category: ['order'],
      eventType: ['OrderPlaced'],
      streamId: 'order-7',
      correlationId: 'c',
      actor: 'ada',
      from: '2026-01-01T00:00:00Z',
    });
  });
});

describe('histogram and brush', () => {
  test('shows all history, or the range, or the zoom', () => {
    expect(view.histogramWindow(empty, bounds, now)).toEqual(bounds);
    expect(view.histogramWindow({ ...empty, range: '1h' }, bounds, now)).toEqual({ from: now - 3_600_000, to: now });
    const zoom = { from: now - 1000, to: now };
    expect(view.histogramWindow({ ...empty, zoom: view.formatStretch(zoom) }, bounds, now)).toEqual(zoom);
  });

  test('brushing in a relative range makes both absolute', () => {
    const shown = { from: now - 3_600_000, to: now };
    const brush = { from: now - 60_000, to: now - 30_000 };
    const after = view.brushed({ ...empty, range: '1h', live: true }, brush, shown, bounds);
    expect(after).toMatchObject({ range: null, live: false, zoom: view.formatStretch(shown) });
    expect(view.brushOf(after, shown)).toEqual(brush);
  });

  test('a brush over all history needs no zoom in the URL', () => {
    const after = view.brushed(empty, { from: bounds.from, to: bounds.from + 1000 }, bounds, bounds);
    expect(after.zoom).toBeNull();
  });

  test('a range open at one end is brushed to the edge', () => {
    const from = new Date(now - 1000).toISOString();
    expect(view.brushOf({ ...empty, from }, { from: 0, to: now })).toEqual({ from: now - 1000, to: now });
  });

  test('a stretch that is none is not taken', () => {
    for (const text of ['', 'x~y', '2026-01-02T00:00:00Z~2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z']) {
      expect(view.parseStretch(text), text).toBeNull();
    }
  });
});

describe('links', () => {
  test('a frozen view has no relative time and is not live', () => {
    const link = view.frozen({ ...empty, range: '1h', live: true, sel: '77' }, now);
    expect(link).toMatchObject({ range: null, live: false, sel: '77' });
    expect([link.from, link.to]).toEqual(['2026-11-24T11:00:00.000Z', '2026-11-24T12:00:00.000Z']);
  });

  test('while a tail is followed it ends after the latest event on the screen, whatever their order', () => {
    const tail = ['2026-11-24T12:00:09Z', '2026-11-24T12:00:10Z', '2009-06-26T00:00:00Z'].map(
      (occurredAt) => ({ occurredAt }) as RecordedEvent,
    );
    const link = view.frozen({ ...empty, live: true, pos: '7~' }, now, tail);
    expect(link).toMatchObject({ live: false, from: null, to: '2026-11-24T12:00:10.001Z', pos: '7~' });
    expect(view.frozen({ ...empty, live: true }, now, []).to).toBe('2026-11-24T12:00:00.000Z');
  });
});

describe('filters', () => {
  test('each can be taken away', () => {
    const all: view.EventsView = {
      ...empty,
      range: '1h',
      category: ['a'],
      type: ['T'],
      stream: 's-1',
      corr: 'c',
      actor: 'x',
    };
    const left = view.activeFilters(all).reduce((rest, name) => view.without(rest, name), all);
    expect(view.activeFilters(all)).toHaveLength(6);
    expect(left).toEqual(empty);
  });

  test('a live event is judged by the same filter as the table', () => {
    const event = {
      category: 'order',
      eventType: 'OrderPlaced',
      streamId: 'order-1',
      metadata: { actor: 'ada', correlationId: 'c1' },
      occurredAt: '2026-11-24T11:30:00Z',
    } as unknown as RecordedEvent;
    expect(view.matchesFilter({}, event)).toBe(true);
    expect(view.matchesFilter({ category: ['order'], actor: 'ada', from: '2026-11-24T11:00:00Z' }, event)).toBe(true);
    for (const filter of [
      { category: ['stock'] },
      { eventType: ['X'] },
      { streamId: 'order-2' },
      { correlationId: 'c2' },
      { actor: 'bob' },
      { from: '2026-11-24T11:31:00Z' },
      { to: '2026-11-24T11:30:00Z' },
    ]) {
      expect(view.matchesFilter(filter, event), JSON.stringify(filter)).toBe(false);
    }
  });
});
