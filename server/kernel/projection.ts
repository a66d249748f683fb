/** What a projection writes to. Its name stands in receipts and on the console. */
export type SinkKind = 'sql' | 'search';

/** States of a projection, by what an operator does about them. */
export type ProjectionState = 'running' | 'catching_up' | 'rebuilding' | 'paused' | 'stalled' | 'faulted' | 'stopped';

/**
 * What a version is for: readers see the `serving` one; a `building` one fills beside it; a `retired` one was served
 * and still follows, so that a rollback is immediate; a `scratch` one is the read model as of a moment, and expires.
 */
export type VersionState = 'serving' | 'building' | 'retired' | 'scratch';

/** What becomes of an event that a projection fails at: everything waits for it, or its stream alone does. */
export type FailurePolicy = 'stop' | 'park';

/** What holds the high-water mark back: the oldest open append. */
export type MarkHolder = {
  processId: number;
  applicationName: string;
  /** Seconds its transaction has been open. */
  openSeconds: number;
  state: string;
  query: string;
};
