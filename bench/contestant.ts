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
  /** The state of a stream, which is the number of its events, by the store's own way of loading. */
  load?: Load;
  /** The whole store from its start, decoded, page by page, until its end or the signal. */
  catchUp?(onEvents: (count: number) => void, signal: AbortSignal): Promise<void>;
  /** Calls `onData` for every event from now on. */
  subscribe?(onData: (data: Record<string, unknown>) => void): Promise<{ stop(): Promise<void> }>;
  /** One command on a stream that counts, decided on its state, tried again until it is in. */
  increment?(streamId: string): Promise<void>;
  /** Sends a command; rejects where it is not accepted or a projection has not acknowledged it. */
  command?(command: { commandType: string; streamId: string; data: object }): Promise<void>;
  /** Where a request that asks nothing of the database is answered; `cpuMs`: what the server has used of the processor. */
  served?(caseName: string): Promise<{ port: number; path: string; cpuMs(): Promise<number> }>;
  /** Puts a file of CloudEvents into the store; gives how many it added. */
  importFile?(path: string): Promise<number>;
  close(): Promise<void>;
};

/** Undefined where the store has no way to do it: snapshots, or a state as of a version. */
export type Load = (
  streamId: string,
  options: { snapshot: boolean; version: number | undefined },
) => Promise<number> | undefined;

/** What each module of `contestants/` and of `peers/` exports. */
export type ContestantModule = {
  /** Makes the store's tables in an empty database. */
  setup(url: string): Promise<void>;
  /** `variant`: what stands after the colon of the contestant's name, such as `defaults`. */
  connect(url: string, variant: string): Promise<Contestant>;
};
