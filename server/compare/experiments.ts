import type { Database } from '#db/database.ts';
import type { ExperimentState } from '#server/domain/experiment/decider.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { parseStreamId, rangeOfStreams, type StreamId } from '#server/kernel/stream-id.ts';
import type { Experiment } from './experiment.ts';

/** An experiment with what only the comparer needs of its state. */
export type Known = { experiment: Experiment; run: number; promotable: boolean; guardRail: string | null };

/** Reads experiments from their streams. */
export type Experiments = {
  /** Rejects with `not-found`. */
  read(id: string): Promise<Known>;
  list(query: { subject?: string | undefined; limit?: number | undefined }): Promise<Experiment[]>;
};

export function streamOf(id: string): StreamId {
  return parseStreamId(`experiment-${id}`, 'id');
}

const NEWEST = `select stream_id as "streamId", last_at as "lastAt" from streams
  where stream_id >= $2 and stream_id < $3
  order by last_at desc, stream_id limit $1`;

/** Folded from the streams: there are some hundreds of experiments at most, of some ten events each. */
export function createExperiments(parts: {
  database: Database;
  eventStore: EventStore;
  registry: Registry;
}): Experiments {
  const { database, eventStore, registry } = parts;
  const folder = registry.folderFor('experiment');

  async function fold(streamId: StreamId, changedAt?: string): Promise<Known | undefined> {
    const { state, streamVersion } = await eventStore.foldStream(streamId, folder);
    const { terms, status, ...known } = state as unknown as ExperimentState;
    if (terms === null || status === 'none') return undefined;
    const { measure, ...given } = terms;
    const experiment: Experiment = {
      id: streamId.slice('experiment-'.length),
      ...given,
      measure: measure ?? null,
      status,
      actor: known.actor,
      draftedAt: known.draftedAt,
      changedAt: changedAt ?? (await lastAt(streamId)),
      outcome: known.outcome,
      sentence: known.sentence,
      splitPercent: known.splitPercent,
      ended: known.ended && { actor: known.ended.actor, reason: known.ended.reason, at: known.ended.at },
      streamVersion,
    };
    return { experiment, run: known.run, promotable: known.promotable, guardRail: known.guardRail };
  }

  async function lastAt(streamId: StreamId): Promise<string> {
    const [row] = await database.query<{ at: string }>('select last_at as at from streams where stream_id = $1', [
      streamId,
    ]);
    return row?.at ?? '';
  }

  return {
    async read(id) {
      const found = await fold(streamOf(id));
      if (found === undefined) throw new TidemarkError('not-found', `there is no experiment ${id}`, { field: 'id' });
      return found;
    },
    async list({ subject, limit = 50 }) {
      const { from, below } = rangeOfStreams('experiment');
      const rows = await database.query<{ streamId: StreamId; lastAt: string }>(NEWEST, [
        subject === undefined ? limit : 1000,
        from,
        below,
      ]);
      const all: Experiment[] = [];
      for (const { streamId, lastAt: changedAt } of rows) {
        const found = await fold(streamId, changedAt);
        if (found !== undefined && (subject === undefined || found.experiment.subject === subject))
          all.push(found.experiment);
        if (all.length === limit) break;
      }
      return all;
    },
  };
}
