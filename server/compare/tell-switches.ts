import type { Position } from '#server/kernel/position.ts';
import { streamOf } from './experiments.ts';
import type { ComparerParts } from './run-comparison.ts';

/** Whoever switched tells of it at once; this much later it is told for it. */
const TOLD_BY_ITSELF = '5 seconds';

/** The last switch of each projection, where an experiment asked for it. */
const SWITCHES = `
  select e.global_position as position, e.event_type as "eventType", e.data->>'experiment' as "experimentId",
    e.data->>'reason' as reason, e.metadata->>'actor' as actor
  from projections p cross join lateral (
    select * from events where stream_id = 'projection-' || p.name
      and event_type in ('ProjectionPromoted', 'ProjectionRolledBack') order by stream_version desc limit 1) e
  where e.data ? 'experiment' and e.recorded_at < clock_timestamp() - interval '${TOLD_BY_ITSELF}'`;

type Switch = { position: Position; eventType: string; experimentId: string; reason: string; actor: string };

/**
 * Tells experiments of switches that were done for them and of which they don't know: a switch is one transaction, its
 * experiment's event the next, and the process may end between the two.
 */
export function createSwitchTeller(
  parts: Pick<ComparerParts, 'database' | 'experiments' | 'commandBus' | 'splitLog'>,
): () => Promise<void> {
  const { database, experiments, commandBus, splitLog } = parts;
  const known = new Set<Position>();

  /** False where it must be looked at again: a comparison that runs ends first. */
  async function tell({ eventType, experimentId, reason, actor }: Switch): Promise<boolean> {
    const { experiment, promotable } = await experiments.read(experimentId);
    if (experiment.status === 'running') return false;
    const promoted = eventType === 'ProjectionPromoted';
    const unaware = promoted ? experiment.status === 'concluded' && promotable : experiment.status === 'promoted';
    if (!unaware) return true;
    if (promoted) await splitLog.clear(experimentId);
    const commandType = promoted ? 'PromoteExperiment' : 'RollBackExperiment';
    await commandBus.handle({
      commandType,
      streamId: streamOf(experimentId),
      data: { reason },
      actor,
      waitForMs: 0,
    });
    return true;
  }

  return async () => {
    for (const one of await database.query<Switch>(SWITCHES)) {
      if (known.has(one.position)) continue;
      if (await tell(one)) known.add(one.position);
    }
  };
}
