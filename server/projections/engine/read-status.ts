import type { Database } from '#db/database.ts';
import type { EventStore, HighWaterMark } from '#server/event-store/event-store.ts';
import { causeOf, trendOf } from '#server/projections/explain-lag.ts';
import type { Estimate, ProjectionStatus, ProjectionsStatus, ProjectionVersion } from '#server/projections/status.ts';
import { estimate } from './estimate.ts';
import { createSmoothedRate, type SmoothedRate } from './rates.ts';
import { COUNTED_POSITIONS_MAX, lagEventsOf, lagSecondsOf, STATUS, type StatusRow } from './status-row.ts';
import { toVersion, workerOf } from './to-version.ts';

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
  // The rate is smoothed over a quarter of a minute; one that stands still is not seen to go on for that.
  const drainRate = version.run === 'paused' ? 0 : rates.drained.value();
  const arrivalRate = rates.arrived.value();
  const lagSeconds = lagSecondsOf(row, mark.position);
  const eta = version.run === 'catching_up' ? etaOf(lagEvents, rates) : null;
  const because = causeOf({
    state: version.run,
    held: workerOf(row) === 'holds',
    lagEvents,
    lagSeconds,
    objectiveSeconds: row.objective_seconds,
    faultMessage: row.fault?.message ?? null,
    pausedBy: row.paused?.actor ?? null,
    workersAlive: row.workers_alive,
    heldBy: mark.heldBy ?? null,
  });
  return {
    name: row.name,
    title: row.title,
    sink: row.sink,
    state: version.run,
    version: row.version,
    checkpoint: row.checkpoint,
    lagEvents,
    lagSeconds,
    arrivalRate,
    drainRate,
    etaSeconds: eta?.seconds ?? null,
    lag: {
      objectiveSeconds: row.objective_seconds,
      eta,
      trend: trendOf({ lagEvents, arrivalRate, drainRate }),
      cause: because?.cause ?? null,
      message: because?.message ?? null,
    },
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

/** Some 40 seconds weigh in a rate smoothed over 15: it lies five times nearer to the truth than one of them does. */
const SMOOTHED_SHARE = 0.2;

function etaOf(lagEvents: number, { arrived, drained }: Rates): Estimate | null {
  const gain = drained.value() - arrived.value();
  if (gain <= 0) return null;
  const deviation = SMOOTHED_SHARE * Math.hypot(arrived.deviation(), drained.deviation());
  return estimate(lagEvents, { rate: gain, deviation });
}
