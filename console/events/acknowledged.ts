import type { Position } from '#server/kernel/position.ts';
import type { ParkedEvent } from '#server/projections/operations.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { isAfter } from './position-order.ts';

/** How an event stands with a projection's serving version. */
export type Acknowledged = {
  projection: ProjectionStatus;
  state: 'applied' | 'pending' | 'failed' | 'parked' | 'waiting' | 'skipped' | 'not meant';
  /** Why it is parked; null where it is not. */
  parked: ParkedEvent | null;
};

/**
 * An event with each projection: passed is not applied where it is parked, waits behind a parked one or was skipped; and a
 * projection that does not see its category never means it.
 */
export function acknowledgedBy(
  { globalPosition, category }: { globalPosition: Position; category: string },
  projections: readonly ProjectionStatus[],
  parked: readonly ParkedEvent[],
): Acknowledged[] {
  return projections.map((projection) => {
    const { name, version, checkpoint, categories, fault } = projection;
    const entry = parked.find((one) => one.projection === name && one.version === version) ?? null;
    if (entry !== null) {
      return { projection, state: entry.state === 'failed' ? 'parked' : entry.state, parked: entry };
    }
    if (categories !== null && !categories.includes(category)) return { projection, state: 'not meant', parked: null };
    if (!isAfter(globalPosition, checkpoint)) return { projection, state: 'applied', parked: null };
    return { projection, state: fault?.position === globalPosition ? 'failed' : 'pending', parked: null };
  });
}

/** How many of those that receipts wait for have applied it: the figure that its receipt has. */
export function countAcknowledged(all: readonly Acknowledged[]): { applied: number; awaited: number } {
  const awaited = all.filter(({ projection, state }) => projection.acknowledges && state !== 'not meant');
  return { applied: awaited.filter(({ state }) => state === 'applied').length, awaited: awaited.length };
}
