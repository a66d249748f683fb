import { type GlyphKind, glyphKind } from '#console/ui/event-glyph-model.ts';
import type { LaneBy, Timeline, TimelineEvent } from '#server/explorer/explorer.ts';
import { OTHER, SERIES_MAX, type TimeWindow } from './timeline-model.ts';

/** An event in its lane. */
export type LaneEvent = TimelineEvent & { at: number; kind: GlyphKind };

export type LaneBar = TimeWindow & { count: number };

/** One lane: density over the window and its surroundings, and the window's events where they are few enough. */
export type Lane = {
  name: string;
  /** What it is called: an event may have no actor. */
  label: string;
  /** Events in the window; about so many while its own answer is awaited, since a window may cut a bucket. */
  count: number;
  /** The count that fills the lane's height. One burst would flatten all the rest: bars past it are drawn broken. */
  full: number;
  bars: LaneBar[];
  /** Ascending in time, then in position. */
  events: LaneEvent[];
};

export type LanesModel = {
  lanes: Lane[];
  bucketMs: number;
  total: number;
  /** Lanes that stand together in the last one; 0 where each has its own. */
  othersCount: number;
  /** Whether the events are there to be drawn as glyphs. */
  hasEvents: boolean;
  /** Whether the lanes' counts are of this very window, and not estimated from that of another. */
  exact: boolean;
  /** What the events of the window occupy, ascending and apart from each other. */
  occupied: TimeWindow[];
  /** What occurred before it was not counted; null where all was. */
  countedFrom: number | null;
};

/**
 * Turns an answer of the server into lanes: at most 24, the smallest put together in the last. `moved`: the answer is
 * that of another window, which this one was moved or zoomed from.
 */
export function prepareLanes(answer: Timeline, lanesBy: LaneBy, window: TimeWindow, moved = false): LanesModel {
  const bucketMs = answer.bucketSeconds * 1000;
  const bars = barsByLane(answer, bucketMs);
  const events = eventsByLane(answer.events ?? [], lanesBy, window);
  const hasEvents = answer.events !== null;
  const countedFrom = answer.countedFrom === null ? null : Date.parse(answer.countedFrom);
  const countOf = (name: string) => {
    if (hasEvents) return events.get(name)?.length ?? 0;
    return moved ? countWithin(bars.get(name) ?? [], window) : (answer.inWindow[name] ?? 0);
  };
  const names = [...new Set([...bars.keys(), ...events.keys()])].filter((name) => name !== OTHER && countOf(name) > 0);
  const largest = names.toSorted((a, b) => countOf(b) - countOf(a) || (a < b ? -1 : 1));
  const serverOthers = countOf(OTHER) > 0;
  const own = largest.length <= SERIES_MAX && !serverOthers ? largest : largest.slice(0, SERIES_MAX - 1);
  const kept = new Set(own);
  const others = [...names.filter((name) => !kept.has(name)), ...(serverOthers ? [OTHER] : [])];

  const lane = (name: string, from: readonly string[]): Lane => {
    const merged = mergeBars(from.map((one) => bars.get(one) ?? []));
    return {
      name,
      label: name === '' ? `no ${lanesBy}` : name,
      count: from.reduce((total, one) => total + countOf(one), 0),
      full: fullHeight(merged),
      bars: merged,
      events: from.flatMap((one) => events.get(one) ?? []).sort(byTime),
    };
  };
  const ordered = own
    .map((name) => lane(name, [name]))
    .sort(lanesBy === 'stream' || lanesBy === 'correlation' ? byFirst : byName);
  const lanes = others.length === 0 ? ordered : [...ordered, lane(OTHER, others)];
  return {
    lanes,
    bucketMs,
    total: lanes.reduce((total, { count }) => total + count, 0),
    othersCount: others.length,
    hasEvents,
    exact: hasEvents || !moved,
    // What was not counted is not idle: it is not folded.
    occupied: unite([
      ...(countedFrom !== null && countedFrom > window.from ? [{ from: window.from, to: countedFrom }] : []),
      ...(hasEvents ? instants(lanes) : lanes.flatMap((one) => overlapping(one.bars, window))),
    ]),
    countedFrom,
  };
}

/** Whether a bar in sight is higher than it can be drawn. */
export function hasCutBars({ lanes }: LanesModel, window: TimeWindow): boolean {
  return lanes.some((lane) => overlapping(lane.bars, window).some((bar) => bar.count > lane.full));
}

/** In which lane an event stands. */
export function laneOf(
  event: Pick<TimelineEvent, 'streamId' | 'eventType' | 'actor' | 'correlationId'>,
  lanesBy: LaneBy,
) {
  switch (lanesBy) {
    case 'category':
      return event.streamId.split('-', 1)[0] ?? '';
    case 'eventType':
      return event.eventType;
    case 'stream':
      return event.streamId;
    case 'actor':
      return event.actor ?? '';
    case 'correlation':
      return event.correlationId ?? '';
  }
}

function barsByLane(answer: Timeline, bucketMs: number): Map<string, LaneBar[]> {
  const bars = new Map<string, LaneBar[]>();
  for (const { start, counts } of answer.buckets) {
    const from = Date.parse(start);
    for (const [name, count] of Object.entries(counts)) {
      const bar = { from, to: from + bucketMs, count };
      const known = bars.get(name);
      if (known) known.push(bar);
      else bars.set(name, [bar]);
    }
  }
  return bars;
}

function eventsByLane(events: readonly TimelineEvent[], lanesBy: LaneBy, window: TimeWindow): Map<string, LaneEvent[]> {
  const lanes = new Map<string, LaneEvent[]>();
  for (const event of events) {
    const at = Date.parse(event.occurredAt);
    if (at < window.from || at >= window.to) continue;
    const name = laneOf(event, lanesBy);
    const placed = { ...event, at, kind: event.parked ? ('failed' as const) : glyphKind(event.eventType) };
    const known = lanes.get(name);
    if (known) known.push(placed);
    else lanes.set(name, [placed]);
  }
  return lanes;
}

function mergeBars(lists: readonly (readonly LaneBar[])[]): LaneBar[] {
  const [only, ...more] = lists;
  if (more.length === 0) return [...(only ?? [])];
  const byStart = new Map<number, LaneBar>();
  for (const bar of lists.flat()) {
    const known = byStart.get(bar.from);
    byStart.set(bar.from, known ? { ...known, count: known.count + bar.count } : bar);
  }
  return [...byStart.values()].sort((a, b) => a.from - b.from);
}

function overlapping(bars: readonly LaneBar[], window: TimeWindow): LaneBar[] {
  return bars.filter((bar) => bar.to > window.from && bar.from < window.to);
}

function instants(lanes: readonly Lane[]): TimeWindow[] {
  return lanes.flatMap((lane) => lane.events.map(({ at }) => ({ from: at, to: at })));
}

function unite(spans: readonly TimeWindow[]): TimeWindow[] {
  const united: TimeWindow[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else united.push({ from: span.from, to: span.to });
  }
  return united;
}

/** Bars from which on a few of them say what is usual. */
const USUAL_OF = 8;
/** Within this many times the usual, the highest bar leaves the others high enough. */
const BURST_FACTOR = 3;
/** So much higher than the usual a cut bar stands. */
const CUT_FACTOR = 1.5;

/** The count that fills a lane: the highest, but where that is a burst, half as much again as nineteen of twenty reach. */
function fullHeight(bars: readonly LaneBar[]): number {
  const counts = bars.map(({ count }) => count).sort((a, b) => a - b);
  const peak = counts.at(-1) ?? 0;
  if (counts.length < USUAL_OF) return peak;
  const usual = counts[Math.ceil(counts.length * 0.95) - 1] ?? peak;
  return peak > usual * BURST_FACTOR ? usual * CUT_FACTOR : peak;
}

/** A bar that the window cuts counts by its share. */
function countWithin(bars: readonly LaneBar[], window: TimeWindow): number {
  let count = 0;
  for (const bar of bars) {
    const share = (Math.min(bar.to, window.to) - Math.max(bar.from, window.from)) / (bar.to - bar.from);
    if (share > 0) count += bar.count * share;
  }
  return Math.round(count);
}

function byName(a: Lane, b: Lane): number {
  return a.name < b.name ? -1 : 1;
}

function byFirst(a: Lane, b: Lane): number {
  return firstAt(a) - firstAt(b) || byName(a, b);
}

function firstAt(lane: Lane): number {
  return lane.events[0]?.at ?? lane.bars[0]?.from ?? 0;
}

function byTime(a: LaneEvent, b: LaneEvent): number {
  return a.at - b.at || Number(a.globalPosition) - Number(b.globalPosition);
}
