/** Where a layer takes the time from; tests hand in their own. */
export type Clock = {
  /** Wall clock, for people and records. */
  now(): Date;
  /** Milliseconds of a clock that never goes back, for durations. */
  monotonicMs(): number;
};

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
