import type { Outcome } from './measurement.ts';

/** What a measurement is held to: by its name, its case and whom it stands beside, the least ratio of medians. */
export type Target = { measurement: string; case: string; beside: string; atLeast: number };

/** `beside`: a peer, or the limit that shows what can be reached at all. */
export const TARGETS: readonly Target[] = [
  { measurement: 'append', case: 'writers-64', beside: 'emmett', atLeast: 10 },
  { measurement: 'append', case: 'writers-64', beside: 'pgbench', atLeast: 1.5 },
  { measurement: 'append', case: 'writers-16', beside: 'emmett', atLeast: 5 },
  { measurement: 'append', case: 'writers-16', beside: 'pgbench', atLeast: 1.1 },
  { measurement: 'append', case: 'writers-1', beside: 'emmett', atLeast: 2 },
  { measurement: 'append', case: 'writers-1', beside: 'pgbench', atLeast: 0.6 },
  { measurement: 'append', case: 'writers-64-4kb', beside: 'emmett', atLeast: 4 },
  { measurement: 'append', case: 'writers-64-4kb', beside: 'pgbench', atLeast: 1 },
  { measurement: 'append', case: 'writers-16-batches-of-10', beside: 'emmett', atLeast: 2.5 },
  { measurement: 'append', case: 'writers-16-batches-of-100', beside: 'emmett', atLeast: 2.2 },
  { measurement: 'hot-stream', case: 'writers-64', beside: 'emmett', atLeast: 20 },
  { measurement: 'read-stream', case: 'events-100', beside: 'emmett', atLeast: 2.8 },
  { measurement: 'read-stream', case: 'events-10000', beside: 'emmett', atLeast: 2.8 },
  { measurement: 'load-aggregate', case: 'with-snapshot', beside: 'emmett', atLeast: 300 },
  { measurement: 'catch-up', case: 'events-1000000', beside: 'node-decode', atLeast: 0.8 },
  { measurement: 'catch-up', case: 'events-1000000', beside: 'emmett', atLeast: 15 },
  { measurement: 'latency', case: 'calm', beside: 'emmett:defaults', atLeast: 100 },
  { measurement: 'import', case: 'file-300-bytes', beside: 'psql-copy', atLeast: 0.5 },
  { measurement: 'size', case: 'data-300-bytes', beside: 'message-db', atLeast: 1 },
  { measurement: 'size', case: 'data-60-bytes', beside: 'message-db', atLeast: 1 },
  { measurement: 'command', case: 'clients-64', beside: 'tidemark-bus:projected', atLeast: 0.25 },
  { measurement: 'http', case: 'no-op-trpc', beside: 'node-http', atLeast: 0.4 },
  { measurement: 'http', case: 'no-op-rest', beside: 'node-http', atLeast: 0.4 },
];

/** What a measurement is held to by itself: the most that a figure of ours, or one of them over another, may be. */
export type Bound = {
  measurement: string;
  label: string;
  atMost: number;
  value(figures: Outcome['figures']): number | undefined;
};

const over = (upper: number | string | undefined, lower: number | string | undefined) =>
  upper === undefined || lower === undefined ? undefined : Number(upper) / Number(lower);

/** A figure as it was measured, or over another. */
const figure = (measurement: string, name: string, label: string, atMost = 0, under?: string): Bound => ({
  measurement,
  label: `${measurement}, ${label}`,
  atMost,
  value: (figures) =>
    under === undefined ? figures[name]?.median : over(figures[name]?.median, figures[under]?.median),
});

/** How many times as much the explorer may take of a figure on the store of the second size as on that of the first. */
const grows = (name: string, [from, to]: readonly [string, string], atMost: number): Bound => ({
  measurement: 'explorer',
  label: `explorer, ${name}, ${to} events to ${from}`,
  atMost,
  value: (figures) => over(figures[`${name}-${to}`]?.median, figures[`${name}-${from}`]?.median),
});

const THOUSANDFOLD = ['10k', '10m'] as const;
const HUNDREDFOLD = ['10k', '1m'] as const;

export const BOUNDS: readonly Bound[] = [
  figure('order', 'skipped', 'events skipped of 200,000 and more'),
  figure('order', 'repeated', 'events repeated of 200,000 and more'),
  figure('order', 'inverted', 'events inverted of 200,000 and more'),
  figure('takeover', 'missing', 'events missing after 50 kills and 50 freezes'),
  figure('takeover', 'appliedTwice', 'events applied twice'),
  figure('takeover', 'outOfOrder', 'events out of their stream’s order'),
  figure('takeover', 'checkpointsBack', 'checkpoints that went back'),
  figure('takeover', 'differentRows', 'rows that a clean fold makes otherwise'),
  figure('poison', 'rowsMissing', 'rows missing after all 1,000 are retried'),
  figure('poison', 'rowsOutOfOrder', 'rows out of their stream’s order'),
  figure('poison', 'p99PoisonToClean', 'p99 lag of other streams over that without poison', 1.5),
  figure('rebuild', 'rawEventsPerSecond', 'raw catch-up rate over the rate of a rebuild', 4, 'rebuildEventsPerSecond'),
  figure('rebuild', 'promoteMs', 'ms of a promote', 1000),
  figure('rebuild', 'rollbackMs', 'ms of a rollback', 1000),
  figure('rebuild', 'readsWithAGap', 'reads with a gap'),
  figure('rebuild', 'readsThatWentBack', 'reads that went back'),
  figure('fulfilment', 'wrongEnds', 'orders that ended wrongly of 500'),
  figure('fulfilment', 'doubled', 'reservations and charges made twice'),
  figure('fulfilment', 'stockOff', 'articles whose stock is off'),
  figure('fulfilment', 'addedByReplay', 'events added by a replay'),
  {
    measurement: 'load-aggregate',
    label: 'load-aggregate, state at version 90,000 over state at version 10',
    atMost: 3,
    value: (figures) => over(figures['version-90-percent']?.median, figures['version-10']?.median),
  },
  {
    measurement: 'latency',
    label: 'latency, p99 over p50',
    atMost: 15,
    value: (figures) => over(figures.calm?.p99Ms, figures.calm?.median),
  },
  ...['timeline', 'table', 'streams', 'stream', 'event-page', 'event-opened', 'heap'].map((name) =>
    grows(name, THOUSANDFOLD, 1.3),
  ),
  grows('density', THOUSANDFOLD, 3),
  ...['streams', 'facets', 'correlation', 'long-stream'].map((name) => grows(name, HUNDREDFOLD, 2)),
  grows('server-memory', HUNDREDFOLD, 1.3),
  {
    measurement: 'explorer',
    label: 'explorer, a step at version 90,000 of 100,000 to a step at 10',
    atMost: 1.5,
    value: (figures) => over(figures['step-at-90-percent']?.median, figures['step-at-10']?.median),
  },
  {
    measurement: 'explorer',
    label: 'explorer, share of frames over 16.7 ms, panning and zooming 10m events',
    atMost: 0.02,
    value: (figures) => figures['frames-over']?.median,
  },
  {
    measurement: 'explorer',
    label: 'explorer, worst frame of any round in ms, panning and zooming 10m events',
    atMost: 100,
    value: (figures) => figures['frame-worst']?.max,
  },
];
