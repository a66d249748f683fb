import type { TimeWindow } from '#console/timeline/timeline-model.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

/** A window that ends this near to the newest event ends at the mark: events went on arriving while it was read. */
const NEAR_MS = 15_000;

/**
 * Where the high-water mark stands in time: held, it is the moment the open append began, since nothing recorded after
 * that is settled; else everything up to the last event is. Null where that end is not in sight.
 */
export function highWaterAt(
  pulse: Pick<Pulse, 'at' | 'projections'>,
  window: TimeWindow,
  bounds: TimeWindow,
): number | null {
  const { heldBy } = pulse.projections;
  const now = Date.parse(pulse.at);
  if (heldBy !== null) return now - heldBy.openSeconds * 1000;
  const mark = Math.min(bounds.to, now);
  return window.to >= mark - NEAR_MS ? Math.min(window.to, now) : null;
}
