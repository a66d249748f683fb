import { randomUUID } from 'node:crypto';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Operations } from '#server/projections/operations.ts';
import type { Compare } from './compare.ts';
import { alike, toGroups } from './data/group-causes.ts';
import { openJudge } from './data/judge-rows.ts';
import { onPinnedVersions } from './data/pin-versions.ts';
import type { Experiment } from './experiment.ts';
import { streamOf } from './experiments.ts';
import { exportReport } from './export-report.ts';
import { readNames } from './performance/recorded-reads.ts';
import type { ComparerParts } from './run-comparison.ts';
import type { ReadSplitter } from './split/split-readers.ts';
import { splitReport } from './split/split-report.ts';
import { candidatesOf, mustBeThere } from './versions.ts';

/** The procedures over the experiments' streams and what comparisons left. */
export function createCompare(
  parts: ComparerParts & {
    operations: Pick<Operations, 'promote' | 'rollback' | 'blastRadius'>;
    splitter?: Pick<ReadSplitter, 'refresh'>;
  },
): Compare {
  const { experiments, log, splitLog, splitter, commandBus, operations, database, projections, deciders, status } =
    parts;

  /** Sends a command to an experiment; a refusal is the caller's error. */
  async function send(id: string, commandType: string, data: JsonObject, actor: string) {
    const receipt = await commandBus.handle({ commandType, streamId: streamOf(id), data, actor, waitForMs: 0 });
    if (receipt.rejection === undefined) return (await experiments.read(id)).experiment;
    throw new TidemarkError('command-rejected', receipt.rejection.message, { rejection: receipt.rejection.code });
  }

  async function readRows(id: string) {
    const { experiment } = await experiments.read(id);
    if (experiment.kind === 'projection') return { ...experiment, kind: experiment.kind };
    throw new TidemarkError('bad-request', 'two deciders have no rows', { field: 'id' });
  }

  return {
    candidates: async () => candidatesOf(await status(), deciders, await readNames(database)),
    list: async (query) => ({ experiments: await experiments.list(query) }),
    async get({ id }) {
      const { experiment } = await experiments.read(id);
      return { experiment, ...(await log.read(id)), split: await readSplit(experiment) };
    },
    async create({ actor, guardRails, ...terms }) {
      mustBeThere(candidatesOf(await status(), deciders, new Set()), terms);
      const data = { ...terms, ...(guardRails && { guardRails }) };
      return send(randomUUID().slice(0, 8), 'DraftExperiment', JSON.parse(JSON.stringify(data)) as JsonObject, actor);
    },
    async start({ id, actor }) {
      await send(id, 'StartExperiment', {}, actor);
      const { experiment, run } = await experiments.read(id);
      await log.request(id, run);
      return experiment;
    },
    async cancel({ id, actor }) {
      const experiment = await send(id, 'CancelExperiment', {}, actor);
      await log.cancel(id);
      return experiment;
    },
    setRules: ({ id, rules, actor }) =>
      send(id, 'ChangeExperimentRules', { rules: rules as unknown as JsonObject[] }, actor),
    async rows({ id, cause, after = '0', limit = 50 }) {
      await readRows(id);
      return log.rows(id, { cause, after, limit });
    },
    async parting({ id, key }) {
      const { subject, a, b, rules } = await readRows(id);
      const found = await log.row(id, key);
      if (found === undefined)
        throw new TidemarkError('not-found', `no differing row has the key ${key}`, { field: 'key' });
      const signal = AbortSignal.timeout(30_000);
      const wanted = { name: subject, a: Number(a), b: Number(b) };
      const result = await onPinnedVersions({ database, projections, signal }, wanted, async (pinned) => {
        const judge = await openJudge({
          ...pinned,
          upcast: parts.eventStore.upcast,
          store: database.schema,
          rules,
          keys: [key],
        });
        const difference = { ...found, tolerated: [] };
        const [group] = alike([difference]);
        const judged = await judge?.(difference, group?.byValue ?? null);
        const usual = toGroups(group === undefined ? [] : [group], new Map(), rules).groups[0]?.cause ?? 'other';
        return { key, cause: judged?.cause ?? usual, parting: judged?.parting ?? null };
      });
      if ('key' in result) return result;
      throw new TidemarkError('projection-behind', `not comparable until both are at position ${result.until}`, {
        retryAfterSeconds: 1,
      });
    },
    async split({ id, percent, reason, actor }) {
      const experiment = await readRows(id);
      if (percent > 0) await beginSplit(experiment, percent);
      else await splitLog.clear(id);
      await splitter?.refresh();
      return send(id, 'SetExperimentSplit', { percent, reason }, actor);
    },
    async blastRadius({ id, act }) {
      const { subject, b } = await readRows(id);
      return operations.blastRadius({ name: subject, act, ...(act === 'promote' && { version: Number(b) }) });
    },
    async promote({ id, reason, actor }) {
      const { experiment, promotable } = await experiments.read(id);
      const { status: state, sentence, subject, b } = experiment;
      if (state === 'promoted') return experiment;
      if (!promotable) {
        throw new TidemarkError(
          'act-refused',
          `the verdict does not allow it: ${sentence ?? 'nothing was compared yet'}`,
          { field: 'id' },
        );
      }
      if (!(await serves(subject, b))) {
        await operations.promote({ name: subject, version: Number(b), actor, reason, experiment: id });
      }
      await splitLog.clear(id);
      // The act first: where the process ends between the two, a worker tells of it.
      return send(id, 'PromoteExperiment', { reason }, actor);
    },
    async rollback({ id, reason, actor }) {
      const { experiment } = await experiments.read(id);
      if (experiment.status !== 'promoted')
        throw new TidemarkError('act-refused', 'readers were not switched by it', { field: 'id' });
      if (await serves(experiment.subject, experiment.b)) {
        await operations.rollback({ name: experiment.subject, actor, reason, experiment: id });
      }
      return send(id, 'RollBackExperiment', { reason }, actor);
    },
    async abandon({ id, reason, actor }) {
      const experiment = await send(id, 'AbandonExperiment', { reason }, actor);
      await log.cancel(id);
      await splitLog.clear(id);
      return experiment;
    },
    async export({ id, format }) {
      const { experiment } = await experiments.read(id);
      const { report } = await log.read(id);
      return exportReport(experiment, report, format);
    },
  };

  /** Only between versions whose rows were found equal, or different for reasons that rules expect. */
  async function beginSplit(experiment: Experiment, percent: number): Promise<void> {
    const { id, subject, a, b, outcome, status: state, guardRails } = experiment;
    if (state === 'promoted' || state === 'abandoned') throw refused(`the experiment is ${state}`);
    if (outcome === null || outcome === 'unsafe' || outcome === 'not_comparable') {
      throw refused('readers are split only between versions that were compared and whose rows do not differ');
    }
    if (parts.readers[subject] === undefined) throw refused(`reads of ${subject} are not split`);
    if (!(await serves(subject, a))) throw refused(`version ${a} does not serve`);
    const set = await splitLog.set({
      name: subject,
      experimentId: id,
      a: Number(a),
      b: Number(b),
      percent,
      guardRails,
    });
    if (!set) throw refused(`another experiment splits the readers of ${subject}`);
  }

  async function readSplit({ id, matters }: Experiment) {
    const windows = await splitLog.windows(id);
    const [running] = (await splitLog.all()).filter((split) => split.experimentId === id);
    const stoppedBy = running === undefined ? (await experiments.read(id)).guardRail : null;
    if (windows.length === 0 && running === undefined && stoppedBy === null) return null;
    const percent = running?.percent ?? 0;
    return splitReport(windows, { percent, since: running?.since ?? null, stoppedBy, matters });
  }

  async function serves(name: string, version: string): Promise<boolean> {
    const rows = await database.query('select 1 from projections where name = $1 and serving_version = $2', [
      name,
      Number(version),
    ]);
    return rows.length > 0;
  }
}

function refused(why: string): TidemarkError {
  return new TidemarkError('act-refused', why, { field: 'id' });
}
