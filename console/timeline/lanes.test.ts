import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timeline, TimelineEvent } from '#server/explorer/explorer.ts';
import { formatSpan } from './format-span.ts';
import { describeStep, moveCursor } from './lanes-cursor.ts';
import { ARCS_MAX, freeX, layoutLanes, layoutMarks, MERGE_PX, markAt } from './lanes-layout.ts';
import { hasCutBars, type LaneEvent, prepareLanes } from './lanes-model.ts';
import { IDLE_PX, idleStretches, lanesScale, lanesTicks, panBy, zoomAt } from './lanes-scale.ts';

const window = { from: 0, to: 1000_000 };
const event = (position: number, at: number, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  globalPosition: String(position) as TimelineEvent['globalPosition'],
  streamId: 'order-1' as TimelineEvent['streamId'],
  streamVersion: position,
  eventType: 'OrderPlaced',
  eventId: `e${position}`,
  occurredAt: new Date(at).toISOString(),
  actor: 'ada',
  correlationId: 'c',
  causationId: null,
  parked: false,
  ...more,
});
const answer = (events: TimelineEvent[] | null, counts: Record<string, number>[] = []): Timeline => ({
  from: new Date(-500_000).toISOString(),
  to: new Date(1500_000).toISOString(),
  bucketSeconds: 10,
  buckets: counts.map((one, index) => ({ start: new Date(index * 10_000).toISOString(), counts: one })),
  inWindow: counts.reduce<Record<string, number>>((sums, one) => {
    for (const [name, count] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + count;
    return sums;
  }, {}),
  newestOnly: null,
  countedFrom: null,
  events,
});
const laneEvent = (at: number, kind: LaneEvent['kind'] = 'step'): LaneEvent => ({ ...event(at, at), at, kind });

describe('lanes', () => {
  test('what was not counted is neither none nor idle: it is not folded', () => {
    const late = answer(
      null,
      Array.from({ length: 100 }, (_, index): Record<string, number> => (index < 60 ? {} : { order: 1 })),
    );
    const folded = (countedFrom: string | null) =>
      idleStretches(prepareLanes({ ...late, countedFrom }, 'category', window).occupied, window, 1000);
    expect(prepareLanes({ ...late, countedFrom: new Date(600_000).toISOString() }, 'category', window)).toMatchObject({
      countedFrom: 600_000,
      occupied: [{ from: 0, to: 1000_000 }],
    });
    expect(folded(new Date(300_000).toISOString())).toEqual([{ from: 312_000, to: 588_000 }]);
  });

  test('hold the events of the window, each in its lane, in the order of time and position', () => {
    const events = [event(2, 500), event(1, 500), event(3, 100, { streamId: 'stock-1' as never }), event(4, 2000_000)];
    const model = prepareLanes(answer(events, [{ order: 2, stock: 1 }]), 'category', window);
    expect(model.lanes.map((lane) => [lane.name, lane.count, lane.events.map((one) => one.globalPosition)])).toEqual([
      ['order', 2, ['1', '2']],
      ['stock', 1, ['3']],
    ]);
    expect(model.total).toBe(3);
  });

  test('are 24 at most: the smallest stand in one lane that says how many they are', () => {
    const counts = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`t${index}`, index + 1]));
    const model = prepareLanes(answer(null, [counts]), 'eventType', window);
    expect(model.lanes).toHaveLength(24);
    expect(model.lanes.at(-1)).toMatchObject({ name: '(other)', count: (17 * 18) / 2 });
    expect(model.othersCount).toBe(17);
    expect(model.total).toBe((40 * 41) / 2);
  });

  test('count what the window has, not the share of a bucket that it cuts; of a window not yet answered about so many', () => {
    const window = { from: 0, to: 8000 };
    const dense = answer(null, [{ order: 5000 }]);
    expect(prepareLanes(dense, 'category', window)).toMatchObject({ exact: true, lanes: [{ count: 5000 }] });
    expect(prepareLanes(dense, 'category', window, true)).toMatchObject({ exact: false, lanes: [{ count: 4000 }] });
  });

  test('one burst does not flatten the rest: it is cut, and known to be', () => {
    const even = Array.from({ length: 40 }, () => ({ order: 10 }));
    const burst = prepareLanes(answer(null, [...even, { order: 900 }]), 'category', window);
    expect(burst.lanes[0]?.full).toBe(15);
    expect(hasCutBars(burst, window)).toBe(true);
    expect(hasCutBars(burst, { from: 0, to: 100_000 })).toBe(false);
    const uneven = prepareLanes(answer(null, [...even, { order: 30 }]), 'category', window);
    expect([uneven.lanes[0]?.full, hasCutBars(uneven, window)]).toEqual([30, false]);
    expect(prepareLanes(answer(null, [{ order: 1 }, { order: 900 }]), 'category', window).lanes[0]?.full).toBe(900);
  });

  test('a parked event is failed whatever its name; an event without an actor has a lane that says so', () => {
    const model = prepareLanes(answer([event(1, 1, { parked: true, actor: null })]), 'actor', window);
    expect(model.lanes[0]).toMatchObject({ name: '', label: 'no actor', events: [{ kind: 'failed' }] });
  });
});

describe('the scale of lanes', () => {
  const occupied = [
    { from: 0, to: 100_000 },
    { from: 800_000, to: 1000_000 },
  ];

  test('folds what is idle for long to 34 px, and nothing else', () => {
    const idle = idleStretches(occupied, window, 1000);
    expect(idle).toEqual([{ from: 112_000, to: 788_000 }]);
    const scale = lanesScale(window, 1000, idle);
    expect(scale.x(788_000) - scale.x(112_000)).toBeCloseTo(IDLE_PX);
    expect(scale.x(1000_000)).toBeCloseTo(1000);
    expect(
      idleStretches(
        [
          { from: 0, to: 400_000 },
          { from: 480_000, to: 900_000 },
        ],
        window,
        1000,
      ),
    ).toEqual([]);
  });

  test('never goes back, and finds each instant again', () => {
    assert(
      property(array(integer({ min: 0, max: 1000_000 }), { minLength: 2, maxLength: 30 }), (times) => {
        const sorted = times.toSorted((a, b) => a - b).map((at) => ({ from: at, to: at }));
        const scale = lanesScale(window, 800, idleStretches(sorted, window, 800));
        let last = -1;
        for (const { from } of sorted) {
          const x = scale.x(from);
          expect(x).toBeGreaterThanOrEqual(last - 1e-6);
          expect(scale.instant(x)).toBeCloseTo(from, 0);
          last = x;
        }
      }),
    );
  });

  test('has no tick inside a break', () => {
    const scale = lanesScale(window, 1000, idleStretches(occupied, window, 1000));
    const [gap] = scale.pieces.filter((piece) => piece.idle);
    const ticks = lanesTicks(scale, () => 0);
    expect(ticks.length).toBeGreaterThan(3);
    expect(ticks.filter(({ x }) => x > (gap?.left ?? 0) && x < (gap?.right ?? 0))).toEqual([]);
  });

  test('zooms about the pointer, pans by the picture, and stays within its limits', () => {
    const scale = lanesScale({ from: 400_000, to: 600_000 }, 1000, []);
    expect(zoomAt(scale, 250, 0.5, window)).toEqual({ from: 425_000, to: 525_000 });
    expect(panBy(scale, 100, window)).toEqual({ from: 380_000, to: 580_000 });
    expect(panBy(scale, 9999, window)).toEqual({ from: 0, to: 200_000 });
    expect(zoomAt(scale, 500, 100, window)).toEqual(window);
  });
});

describe('marks on a baseline', () => {
  const scale = { x: (at: number) => at };

  test('closer than 8 px join to a run, and what failed to a bracket of its own', () => {
    const marks = layoutMarks(
      [laneEvent(0), laneEvent(5), laneEvent(6, 'failed'), laneEvent(10, 'failed'), laneEvent(30)],
      scale,
      0,
    );
    expect(marks.map((mark) => [mark.kind, mark.left, mark.right, mark.events.length])).toEqual([
      ['run', 0, 5, 2],
      ['glyph', 30, 30, 1],
      ['failures', 6, 10, 2],
    ]);
  });

  test('hide no event, and leave no two glyphs nearer than the rule', () => {
    assert(
      property(array(integer({ min: 0, max: 900 }), { maxLength: 200 }), (xs) => {
        const marks = layoutMarks(
          xs.toSorted((a, b) => a - b).map((x) => laneEvent(x)),
          scale,
          0,
        );
        expect(marks.flatMap((mark) => mark.events)).toHaveLength(xs.length);
        const single = marks.filter((mark) => mark.kind === 'glyph');
        for (const [index, mark] of single.entries()) {
          const before = single[index - 1];
          if (before) expect(mark.left - before.right).toBeGreaterThanOrEqual(MERGE_PX);
        }
      }),
    );
  });
});

describe('the causation of a selection', () => {
  const effects = Array.from({ length: 250 }, (_, index) =>
    event(index + 10, 1000 * (index + 2), {
      causationId: 'e1',
      streamId: `${index % 2 ? 'payment' : 'stock'}-1` as never,
    }),
  );
  const model = prepareLanes(answer([event(1, 1000), ...effects]), 'category', window);
  const layout = layoutLanes(model, lanesScale(window, 1000, []), '1');

  test('is drawn as 200 arcs at most, and counts the rest', () => {
    expect(layout.arcs).toHaveLength(ARCS_MAX);
    expect(layout.arcsHidden).toBe(50);
    expect(layout.selected?.event.globalPosition).toBe('1');
  });

  test('an arc passes the lanes between where it keeps away from their glyphs', () => {
    expect(layout.arcs.some((arc) => arc.trunk !== null)).toBe(true);
    const x = freeX(100, 160, [118, 124, 130, 136, 142]);
    expect(Math.min(...[118, 124, 130, 136, 142].map((other) => Math.abs(other - x)))).toBeGreaterThanOrEqual(MERGE_PX);
  });

  test('the mark under the pointer is found within 10 px and no farther', () => {
    expect(markAt(layout, 1, 20)?.events[0]?.globalPosition).toBe('1');
    expect(markAt(layout, 300, 20)).toBeNull();
  });
});

describe('the cursor', () => {
  const events = [event(1, 1000), event(2, 500_000), event(3, 490_000, { streamId: 'stock-1' as never })];
  const model = prepareLanes(answer(events), 'category', window);

  test('steps along its lane and to the nearest event of the next', () => {
    const first = moveCursor(model, window, null, 'ArrowRight');
    expect(first).toEqual({ lane: 0, index: 0 });
    const second = moveCursor(model, window, first, 'ArrowRight');
    expect(second).toEqual({ lane: 0, index: 1 });
    expect(moveCursor(model, window, second, 'ArrowRight')).toEqual(second);
    expect(moveCursor(model, window, second, 'ArrowDown')).toEqual({ lane: 1, index: 0 });
  });

  test('is told in words', () => {
    const words = describeStep(model, window, { lane: 0, index: 1 }, (at) => `t${at}`);
    expect(words).toBe('OrderPlaced, order-1 version 2, t500000. 2 of 2 in order, lane 1 of 2');
    const dense = prepareLanes(answer(null, [{ order: 2500 }]), 'category', window);
    expect(describeStep(dense, window, { lane: 0, index: 0 }, String)).toContain('2,500 events from 0 to 10000');
  });
});

test.each([
  [180_000, '3 min'],
  [4_800_000, '1 h 20 min'],
  [90_000, '1 min 30 s'],
  [250, '250 ms'],
])('%i ms is %s', (ms, words) => {
  expect(formatSpan(ms)).toBe(words);
});
