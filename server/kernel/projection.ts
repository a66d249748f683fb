/** What a projection writes to. Its name stands in receipts and on the console. */
export type SinkKind = 'sql' | 'search';

/** States of a projection, by what an operator does about them. */
export type ProjectionState = 'running' | 'catching_up' | 'rebuilding' | 'paused' | 'stalled' | 'faulted' | 'stopped';

/** What holds the high-water mark back: the oldest open append. */
export type MarkHolder = {
  processId: number;
  applicationName: string;
  /** Seconds its transaction has been open. */
  openSeconds: number;
  state: string;
  query: string;
};
