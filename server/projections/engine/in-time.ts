/** The serving version is held for so long at most while the one that is to serve comes to where it is. */
export const CATCH_UP_MS_MAX = 700;

/** Why a throttled version can't come so far while a switch waits; null where it can, or is not throttled. */
export function whyNotInTime(eventsBehind: number, perSecondMax: number | null): string | null {
  if (perSecondMax === null || eventsBehind <= (perSecondMax * CATCH_UP_MS_MAX) / 1000) return null;
  return `it is ${eventsBehind} events behind the serving version and throttled to ${perSecondMax} a second: it can not come up while the switch waits`;
}
