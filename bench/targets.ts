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

const count = (name: string): Bound => ({
  measurement: 'order',
  label: `order, events ${name} of 200,000 and more`,
  atMost: 0,
  value: (figures) => figures[name]?.median,
});

export const BOUNDS: readonly Bound[] = [
  count('skipped'),
  count('repeated'),
  count('inverted'),
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
];
