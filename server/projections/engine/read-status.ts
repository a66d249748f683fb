import type { Database } from '#db/database.ts';
import type { EventStore, HighWaterMark } from '#server/event-store/event-store.ts';
import type { ProjectionStatus, ProjectionsStatus, ProjectionVersion } from '#server/projections/status.ts';
import { createSmoothedRate, type SmoothedRate } from './rates.ts';
import { COUNTED_POSITIONS_MAX, lagEventsOf, lagSecondsOf, STATUS, type StatusRow } from './status-row.ts';
import { toVersion } from './to-version.ts';

export type Rates = { arrived: SmoothedRate; drained: SmoothedRate };

/** Reads where the projections stand; keeps smoothed rates from one call to the next, so call it about once a second. */
export function createStatusReader(database: Database, eventStore: EventStore): () => Promise<ProjectionsStatus> {
  const rates = new Map<string, Rates>();

  return async () => {
    const mark = await eventStore.highWaterMark();
    const rows = await database.query<StatusRow>(STATUS, [mark.position, COUNTED_POSITIONS_MAX]);
    const atMs = performance.now();
    const versions = new Map<string, { row: StatusRow; version: ProjectionVersion; rates: Rates }[]>();
    for (const row of rows) {
      const key = `${row.name} ${row.version}`;
      const known = rates.get(key) ?? { arrived: createSmoothedRate(), drained: createSmoothedRate() };
      rates.set(key, known);
      known.drained.observe(Number(row.applied_events), atMs);
      known.arrived.observe(Number(row.applied_events) + lagEventsOf(row, mark.position), atMs);
      const entry = { row, version: toVersion(row, mark, known.drained.value(), rows), rates: known };
      versions.set(row.name, [...(versions.get(row.name) ?? []), entry]);
    }
    const projections = [...versions.values()].flatMap((entries) => {
      const serving = entries.find(({ row }) => row.version === row.serving_version);
      const shown = entries.filter(({ row }) => row.state !== 'scratch').map(({ version }) => version);
      return serving === undefined ? [] : [toStatus(serving, mark, shown)];
    });
    return { projections, highWaterMark: mark.position, head: mark.head, heldBy: mark.heldBy ?? null };
  };
}

type Serving = { row: StatusRow; version: ProjectionVersion; rates: Rates };

function toStatus(
  { row, version, rates }: Serving,
  mark: HighWaterMark,
  versions: ProjectionVersion[],
): ProjectionStatus {
  const lagEvents = lagEventsOf(row, mark.position);
  const drainRate = rates.drained.value();
  const arrivalRate = rates.arrived.value();
  const gain = drainRate - arrivalRate;
  return {
    name: row.name,
    title: row.title,
    sink: row.sink,
    state: version.run,
    version: row.version,
    checkpoint: row.checkpoint,
    lagEvents,
    lagSeconds: lagSecondsOf(row, mark.position),
    arrivalRate,
    drainRate,
    etaSeconds: version.run === 'catching_up' && gain > 0 ? lagEvents / gain : null,
    updateMs: row.update_ms,
    acknowledges: row.acknowledges,
    categories: row.categories,
    onFailure: row.failure_policy,
    parked: version.parked,
    fault: row.fault,
    previousVersion: row.previous_version,
    updatedAt: row.moved_at,
    versions,
  };
}
