import { isWithoutWorker } from '#console/projection-status.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { aboveMark, markHolder } from './trouble.ts';

/** How an edge is drawn: with dots, without, dashed in warn, or dashed in bad. */
export type EdgeState = 'flowing' | 'idle' | 'slow' | 'held' | 'down';

export type FlowEdge = {
  /** Events a second that pass it, commands on the first. */
  rate: number;
  state: EdgeState;
  /** Beneath the line. */
  label: string;
};

export type FlowSink = {
  sink: 'sql' | 'search';
  title: string;
  projections: ProjectionStatus[];
  updateMs: number | null;
  tone: 'warn' | 'bad' | null;
  in: FlowEdge;
  out: FlowEdge;
};

export type Flow = {
  entry: FlowEdge;
  append: FlowEdge;
  sinks: FlowSink[];
  /** So many events are one dot, the same on every edge. */
  eventsPerDot: number;
  /** Whether nothing is acknowledged although events wait for it. */
  acknowledgementHeld: boolean;
};

/** Dots a second on the busiest edge at most: at the speed at which they drift they are then 12 px apart. */
const DOTS_PER_SECOND_MAX = 3.5;
const EPSILON = 0.005;

/** What the Flow draws, from a pulse. */
export function describeFlow(pulse: Pulse): Flow {
  const { commands, store, projections, database } = pulse;
  const sinks = (['sql', 'search'] as const)
    .map((sink) =>
      describeSink(
        sink,
        pulse,
        projections.projections.filter((one) => one.sink === sink),
      ),
    )
    .filter(({ projections: members }) => members.length > 0);
  const callers = commands.callers === 1 ? 'from 1 caller' : `from ${commands.callers} callers`;
  const entry = edge(commands.rate, commands.callers === 0 ? 'none for 15 s' : callers, database.ok);
  const append = edge(store.appendRate, 'append', database.ok);
  const busiest = Math.max(entry.rate, append.rate, ...sinks.flatMap((sink) => [sink.in.rate, sink.out.rate]));
  return {
    entry,
    append,
    sinks,
    eventsPerDot: eventsPerDot(busiest),
    acknowledgementHeld: sinks.some(({ out }) => out.state === 'held' || out.state === 'down'),
  };
}

/** 1, 2, 5, 10, 20…: the smallest with which the busiest edge has no more dots than the eye can follow. */
export function eventsPerDot(busiestRate: number): number {
  for (let power = 1; ; power *= 10) {
    const events = [1, 2, 5].map((step) => step * power).find((count) => busiestRate / count <= DOTS_PER_SECOND_MAX);
    if (events !== undefined) return events;
  }
}

/** Shown of the categories that move, at most. */
export const STRATA_MAX = 4;

/** The fastest categories, in an order that does not change with their rates; and how many more there are. */
export function describeStrata(categories: Pulse['store']['categories']): {
  shown: Pulse['store']['categories'];
  more: number;
} {
  const moving = categories.filter(({ rate }) => rate > 0);
  const shown = moving.slice(0, STRATA_MAX).sort((a, b) => (a.category < b.category ? -1 : 1));
  return { shown, more: moving.length - shown.length };
}

function edge(rate: number, label: string, databaseOk: boolean): FlowEdge {
  if (!databaseOk) return { rate: 0, state: 'down', label: 'no database' };
  return { rate, state: rate > EPSILON ? 'flowing' : 'idle', label };
}

function describeSink(sink: 'sql' | 'search', pulse: Pulse, projections: ProjectionStatus[]): FlowSink {
  const late = projections.some(({ lagSeconds, lag }) => lagSeconds > lag.objectiveSeconds);
  const faulted = projections.filter(({ state }) => state === 'faulted');
  const stalled = projections.some(({ state }) => state === 'stalled');
  const updates = projections.flatMap(({ updateMs }) => updateMs ?? []);
  const awaited = projections.filter(({ acknowledges }) => acknowledges);
  const inward = inwardEdge(sink, pulse, projections, late);
  const stuck = awaited.length > 0 && awaited.every((one) => one.state === 'faulted' || isWithoutWorker(one));
  return {
    sink,
    title: sink === 'sql' ? (projections.length === 1 ? 'SQL read model' : 'SQL read models') : 'Search index',
    projections,
    updateMs: updates.length === 0 ? null : Math.max(...updates),
    tone: faulted.length > 0 || !pulse.database.ok ? 'bad' : stalled || inward.state === 'held' || late ? 'warn' : null,
    in: inward,
    out: outwardEdge(pulse, inward, stuck, awaited.length),
  };
}

function inwardEdge(
  sink: 'sql' | 'search',
  pulse: Pulse,
  projections: readonly ProjectionStatus[],
  late: boolean,
): FlowEdge {
  const rate = Math.max(0, ...projections.map(({ drainRate }) => drainRate));
  const label = sink === 'sql' ? 'to SQL' : 'to search';
  if (!pulse.database.ok) return { rate: 0, state: 'down', label: 'no database' };
  if (projections.length > 0 && projections.every(isWithoutWorker)) {
    return { rate: 0, state: 'down', label: 'no engine' };
  }
  if (projections.length > 0 && projections.every(({ state }) => state === 'faulted')) {
    return { rate: 0, state: 'down', label: 'faulted' };
  }
  if (projections.length > 0 && projections.every(({ state }) => state === 'paused')) {
    return { rate: 0, state: 'idle', label: 'paused' };
  }
  const moving = rate > EPSILON;
  // What was behind the mark still moves up to it; at the mark nothing passes, whatever the smoothed rate still says.
  const atMark = projections.every(({ lagEvents }) => lagEvents === 0);
  if ((atMark || !moving) && markHolder(pulse) !== null && aboveMark(pulse) > 0) {
    return { rate: 0, state: 'held', label: 'held' };
  }
  if (!moving && projections.some(({ state }) => state === 'stalled'))
    return { rate: 0, state: 'held', label: 'stalled' };
  if (late) return { rate, state: moving ? 'slow' : 'held', label: 'behind' };
  return { rate, state: moving ? 'flowing' : 'idle', label };
}

function outwardEdge(pulse: Pulse, inward: FlowEdge, stuck: boolean, awaited: number): FlowEdge {
  if (inward.state === 'down') return { rate: 0, state: 'down', label: 'no ack' };
  if (stuck) return { rate: 0, state: 'down', label: 'no ack' };
  if (awaited === 0) return { rate: 0, state: 'idle', label: 'not awaited' };
  if (inward.state === 'held') return { rate: 0, state: 'held', label: 'ack' };
  const { rate } = pulse.acknowledged;
  return { rate, state: rate > EPSILON ? (inward.state === 'slow' ? 'slow' : 'flowing') : 'idle', label: 'ack' };
}
