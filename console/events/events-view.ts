import type { TimeWindow } from '#console/timeline/timeline-model.ts';
import type { LaneBy } from '#server/explorer/explorer.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { isAfter } from './position-order.ts';

/** Relative ranges, with their length; `all` is the whole history. */
export const RANGES = {
  '15m': { label: 'last 15 min', lengthMs: 900_000 },
  '1h': { label: 'last hour', lengthMs: 3_600_000 },
  '6h': { label: 'last 6 h', lengthMs: 21_600_000 },
  '24h': { label: 'last 24 h', lengthMs: 86_400_000 },
  '7d': { label: 'last 7 days', lengthMs: 604_800_000 },
  '30d': { label: 'last 30 days', lengthMs: 2_592_000_000 },
  all: { label: 'all history', lengthMs: null },
} as const;

export type RangeName = keyof typeof RANGES;

/** All that the URL of the Events page says. An absolute stretch (`from`, `to`) and a relative range exclude each other. */
export type EventsView = {
  range: RangeName | null;
  from: string | null;
  to: string | null;
  /** What the histogram shows round the stretch, `<from>~<to>`; the range, or all history, where it is missing. */
  zoom: string | null;
  category: readonly string[];
  type: readonly string[];
  stream: string | null;
  corr: string | null;
  actor: string | null;
  /** Words in the payload. */
  q: string | null;
  /** A condition on the payload. */
  where: string | null;
  /** Positions, `<first>~<last>`, both included; either may be missing. */
  pos: string | null;
  live: boolean;
  /** Position of the selected event. */
  sel: string | null;
  /** Lanes above the table, or the table alone. */
  view: 'lanes' | 'table' | null;
  /** Which of an event's two times the table shows; when it occurred where it is missing. */
  time: 'recorded' | null;
  /** How the selected event's payload is shown; as a tree where it is missing. */
  payload: 'original' | 'json' | 'cloudevent' | null;
  /** By what the lanes are made; categories where it is missing. */
  lanes: LaneBy | null;
};

export type FilterName = 'range' | 'time' | 'category' | 'type' | 'stream' | 'corr' | 'actor' | 'q' | 'where' | 'pos';

/** What the server is asked with; only what is set. */
export type EventsFilterInput = {
  category?: string[];
  eventType?: string[];
  streamId?: string;
  correlationId?: string;
  actor?: string;
  q?: string;
  where?: string;
  firstPosition?: string;
  lastPosition?: string;
  from?: string;
  to?: string;
};

/** The filter of the table. `now` is the end of a relative range. */
export function filterInput(view: EventsView, now: number): EventsFilterInput {
  const stretch = selectedStretch(view, now);
  return {
    ...(view.category.length > 0 ? { category: [...view.category] } : {}),
    ...(view.type.length > 0 ? { eventType: [...view.type] } : {}),
    ...(view.stream === null || !isStreamId(view.stream) ? {} : { streamId: view.stream }),
    ...(view.corr === null ? {} : { correlationId: view.corr }),
    ...(view.actor === null ? {} : { actor: view.actor }),
    ...(view.q === null ? {} : { q: view.q }),
    ...(view.where === null ? {} : { where: view.where }),
    ...(view.stream === null || isStreamId(view.stream) ? positionsOf(view.pos) : NO_POSITION),
    ...stretch,
  };
}

/** Whether a stream could have a text as its id: the server refuses any other. */
function isStreamId(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_.]{0,62}-./.test(text);
}

/** The first event stands at 1: a part of an id is no stream's, and so has no events. */
const NO_POSITION = { lastPosition: '0' };

function positionsOf(pos: string | null): Pick<EventsFilterInput, 'firstPosition' | 'lastPosition'> {
  const [first = '', last = ''] = (pos ?? '').split('~');
  return { ...(first === '' ? {} : { firstPosition: first }), ...(last === '' ? {} : { lastPosition: last }) };
}

/** The stretch of time the table shows: absolute, or since the beginning of the relative range; empty for all. */
function selectedStretch(view: EventsView, now: number): { from?: string; to?: string } {
  if (view.from !== null || view.to !== null) {
    return { ...(view.from === null ? {} : { from: view.from }), ...(view.to === null ? {} : { to: view.to }) };
  }
  const lengthMs = view.range === null ? null : RANGES[view.range].lengthMs;
  return lengthMs === null ? {} : { from: new Date(now - lengthMs).toISOString() };
}

/** The absolute stretch of the URL as a brush inside `window`; null where there is none. */
export function brushOf(view: EventsView, window: TimeWindow): TimeWindow | null {
  if (view.from === null && view.to === null) return null;
  const from = view.from === null ? window.from : Date.parse(view.from);
  const to = view.to === null ? window.to : Date.parse(view.to);
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? { from, to } : null;
}

/** What the histogram shows: the zoom, else the relative range, else the whole history. `bounds` are of the store. */
export function histogramWindow(view: EventsView, bounds: TimeWindow, now: number): TimeWindow {
  const zoom = view.zoom === null ? null : parseStretch(view.zoom);
  if (zoom !== null) return zoom;
  const lengthMs = view.range === null ? null : RANGES[view.range].lengthMs;
  return lengthMs === null ? bounds : { from: now - lengthMs, to: now };
}

/** A brush as the URL holds it: absolute, and the relative range it was drawn in frozen beside it. */
export function brushed(view: EventsView, brush: TimeWindow | null, shown: TimeWindow, bounds: TimeWindow): EventsView {
  const whole = shown.from === bounds.from && shown.to === bounds.to;
  return {
    ...view,
    range: null,
    zoom: whole ? null : formatStretch(shown),
    from: brush === null ? null : new Date(brush.from).toISOString(),
    to: brush === null ? null : new Date(brush.to).toISOString(),
    live: false,
  };
}

/**
 * The view with nothing relative in it, for a link that shows the same to whoever opens it later. `tail` is what a tail
 * shows while one is followed. It ends at a time and not at a position: counts over a whole history know times alone.
 */
export function frozen(view: EventsView, now: number, tail: readonly RecordedEvent[] = []): EventsView {
  const { from, to } = selectedStretch(view, now);
  const end = tail.reduce((latest, { occurredAt }) => Math.max(latest, Date.parse(occurredAt) + 1), now);
  return { ...view, range: null, live: false, from: from ?? null, to: to ?? new Date(end).toISOString() };
}

/** The view without one of its filters. */
export function without(view: EventsView, filter: FilterName): EventsView {
  switch (filter) {
    case 'range':
      return { ...view, range: null };
    case 'time':
      return { ...view, from: null, to: null };
    case 'category':
    case 'type':
      return { ...view, [filter]: [] };
    default:
      return { ...view, [filter]: null };
  }
}

/** The filters that are set, in the order in which they are shown. */
export function activeFilters(view: EventsView): FilterName[] {
  const active: FilterName[] = [];
  if (view.range !== null && view.range !== 'all') active.push('range');
  if (view.from !== null || view.to !== null) active.push('time');
  if (view.category.length > 0) active.push('category');
  if (view.type.length > 0) active.push('type');
  if (view.stream !== null) active.push('stream');
  if (view.corr !== null) active.push('corr');
  if (view.actor !== null) active.push('actor');
  if (view.q !== null) active.push('q');
  if (view.where !== null) active.push('where');
  if (view.pos !== null) active.push('pos');
  return active;
}

/** Whether an event that came by the live stream belongs to the table; what is about its payload the server has filtered. */
export function matchesFilter(filter: EventsFilterInput, event: RecordedEvent): boolean {
  const at = Date.parse(event.occurredAt);
  return (
    (filter.category?.includes(event.category) ?? true) &&
    (filter.eventType?.includes(event.eventType) ?? true) &&
    (filter.streamId === undefined || filter.streamId === event.streamId) &&
    (filter.correlationId === undefined || filter.correlationId === event.metadata.correlationId) &&
    (filter.actor === undefined || filter.actor === event.metadata.actor) &&
    (filter.firstPosition === undefined || !isAfter(filter.firstPosition as Position, event.globalPosition)) &&
    (filter.lastPosition === undefined || !isAfter(event.globalPosition, filter.lastPosition as Position)) &&
    (filter.from === undefined || at >= Date.parse(filter.from)) &&
    (filter.to === undefined || at < Date.parse(filter.to))
  );
}

/** `<from>~<to>` in ISO 8601, as the URL holds a stretch. */
export function formatStretch(window: TimeWindow): string {
  return `${new Date(window.from).toISOString()}~${new Date(window.to).toISOString()}`;
}

/** Null where the text is no stretch, or one that ends before it begins. */
export function parseStretch(text: string): TimeWindow | null {
  const [from = '', to = ''] = text.split('~');
  const window = { from: Date.parse(from), to: Date.parse(to) };
  return Number.isFinite(window.from) && Number.isFinite(window.to) && window.from < window.to ? window : null;
}
