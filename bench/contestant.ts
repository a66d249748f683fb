/** An event as the measurements hand it over; each adapter puts it into its store's own shape. */
export type BenchEvent = { type: string; data: Record<string, unknown>; metadata: Record<string, unknown> };

/** `streams` streams of `events` events each: `<prefix>-1`, `<prefix>-2`, … */
export type SeedPlan = { prefix: string; streams: number; events: number; event: BenchEvent };

/** One store as the measurements drive it. Versions count events: a new stream is at 0. */
export type Contestant = {
  /** Appends all or none; rejects where the stream is not at `expectedVersion`. */
  append(streamId: string, events: readonly BenchEvent[], expectedVersion: number): Promise<void>;
  /** Whether a rejected `append` was one of a version that did not fit. */
  isConflict(error: unknown): boolean;
  /** Every event of the stream in order, decoded. */
  readStream(streamId: string, onData: (data: Record<string, unknown>) => void): Promise<void>;
  /** Writes streams by the fastest way there is, and leaves statistics and hint bits in order. */
  seed(plan: SeedPlan): Promise<void>;
  /** The whole store from its start, decoded, page by page, until its end or the signal. */
  catchUp?(onEvents: (count: number) => void, signal: AbortSignal): Promise<void>;
  /** Calls `onData` for every event from now on. */
  subscribe?(onData: (data: Record<string, unknown>) => void): Promise<{ stop(): Promise<void> }>;
  /** One command on a stream that counts, by the store's own way of deciding; gives the version it left. */
  increment?(streamId: string): Promise<number>;
  close(): Promise<void>;
};

/** What each module of `contestants/` and of `peers/` exports. */
export type ContestantModule = {
  /** Makes the store's tables in an empty database. */
  setup(url: string): Promise<void>;
  /** `variant`: what stands after the colon of the contestant's name, such as `defaults`. */
  connect(url: string, variant: string): Promise<Contestant>;
};
