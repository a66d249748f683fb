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
  { measurement: 'latency', case: 'calm', beside: 'emmett:defaults', atLeast: 100 },
  { measurement: 'import', case: 'file-300-bytes', beside: 'psql-copy', atLeast: 0.5 },
  { measurement: 'http', case: 'no-op-trpc', beside: 'node-http', atLeast: 0.4 },
  { measurement: 'http', case: 'no-op-rest', beside: 'node-http', atLeast: 0.4 },
];
