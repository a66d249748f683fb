/** Holds a rate of events a second, in slices of half a second, so that a change of the rate is felt soon. */
export function createThrottle(nowMs: () => number = () => performance.now()) {
  let freeAtMs = 0;
  return {
    /** Events that the next batch may have. */
    batchMax: (perSecondMax: number | null) =>
      perSecondMax === null ? Number.MAX_SAFE_INTEGER : Math.max(1, Math.floor(perSecondMax / 2)),
    /** After a batch: milliseconds until the next may begin. */
    delayMs(events: number, perSecondMax: number | null): number {
      const now = nowMs();
      if (perSecondMax === null) {
        freeAtMs = now;
        return 0;
      }
      freeAtMs = Math.max(freeAtMs, now - 1000) + (events * 1000) / perSecondMax;
      return Math.max(0, freeAtMs - now);
    },
  };
}
