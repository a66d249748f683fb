import type { Database } from '#db/database.ts';
import type { CommandBus } from '#server/command-bus/command-bus.ts';
import { COMPARER } from '#server/domain/experiment/decider.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { comparePositions, type Position, START } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { ProjectionsStatus } from '#server/projections/status.ts';
import type { Claimed, ComparisonLog } from './comparison-log.ts';
import { compareData } from './data/compare-data.ts';
import { type Apart, onPinnedVersions } from './data/pin-versions.ts';
import { replayCommands } from './deciders/replay-commands.ts';
import type { Experiment } from './experiment.ts';
import { type Experiments, streamOf } from './experiments.ts';
import { type BatchFigures, replayBatches } from './performance/replay-batches.ts';
import { type Reader, replayReads } from './performance/replay-reads.ts';
import type { DataReport, DeciderReport, PerformanceReport, Report, Side } from './report.ts';
import type { SplitLog } from './split/split-log.ts';
import { seedOf } from './statistics/random.ts';
import { judge } from './verdict.ts';
import type { NamedDecider } from './versions.ts';

export type ComparerParts = {
  database: Database;
  eventStore: EventStore;
  commandBus: CommandBus;
  projections: readonly Projection[];
  deciders: readonly NamedDecider[];
  /** How each read model is read, by the name of its projection. */
  readers: Readonly<Record<string, Reader>>;
  status(): Promise<ProjectionsStatus>;
  experiments: Experiments;
  log: ComparisonLog;
  splitLog: SplitLog;
};

/** What a comparison has found so far; kept after each part, so that another worker goes on from there. */
type Found = {
  data?: DataReport;
  positions?: NonNullable<Report['positions']>;
  performance?: PerformanceReport;
  decider?: DeciderReport;
};

/** Compares what an experiment names and concludes it. Throws `SteppedBack` where it was cancelled or taken over. */
export async function runComparison(parts: ComparerParts, claimed: Claimed, signal: AbortSignal): Promise<void> {
  const { experiments, log, commandBus } = parts;
  const startedAt = performance.now();
  const { experiment, run } = await experiments.read(claimed.experimentId);
  if (experiment.status !== 'running' || run !== claimed.run) {
    await log.end(claimed, 'cancelled', 'the experiment is not running', null);
    return;
  }
  try {
    const found: Found = { ...(claimed.parts as Found) };
    if (experiment.kind === 'projection') await compareProjection(parts, { claimed, experiment, found, signal });
    else await compareDeciders(parts, { claimed, experiment, found });
    await log.tell(claimed, 'verdict', 0, 1, 'the verdict');
    const { positions = null, data = null, performance: speed = null, decider = null } = found;
    const apart = positions !== null && positions.until !== null ? { ...positions, until: positions.until } : null;
    const verdict = judge({ experiment, data, performance: speed, decider, apart });
    const madeAt = new Date().toISOString();
    const report: Report = {
      experimentId: experiment.id,
      madeAt,
      tookMs: performance.now() - startedAt,
      verdict,
      positions,
      data,
      performance: speed,
      decider,
    };
    // The report first: where the process ends between the two, the run is done again, and says the same.
    await log.keep(claimed, 'report', report);
    const { outcome, sentence, promotable } = verdict;
    await commandBus.handle({
      commandType: 'ConcludeExperiment',
      streamId: streamOf(experiment.id),
      data: { run, outcome, sentence, promotable },
      actor: COMPARER,
      waitForMs: 0,
    });
    await log.end(claimed, 'done', 'done', report);
  } catch (error) {
    if (!isTidemarkError(error) || signal.aborted) throw error;
    if (error.code === 'database-unavailable' || error.code === 'overloaded' || error.code === 'shutting-down')
      throw error;
    await log.end(claimed, 'failed', error.message, null);
    await commandBus.handle({
      commandType: 'CancelExperiment',
      streamId: streamOf(experiment.id),
      data: {},
      actor: COMPARER,
      waitForMs: 0,
    });
  }
}

type Work = { claimed: Claimed; experiment: Experiment; found: Found };

async function compareProjection(
  parts: ComparerParts,
  { claimed, experiment, found, signal }: Work & { signal: AbortSignal },
): Promise<void> {
  const { database, eventStore, projections, readers, log } = parts;
  const name = experiment.subject;
  const versions = { a: Number(experiment.a), b: Number(experiment.b) };
  if (found.data === undefined) {
    await log.tell(claimed, 'positions', 0, null, 'both at one position');
    const { position: highWaterMark } = await eventStore.highWaterMark();
    const compared = await onPinnedVersions(
      { database, projections, signal },
      { name, ...versions },
      async ({ query, a, b, position, inFlight }) => ({
        at: { a: a.checkpoint, b: b.checkpoint },
        ...(await compareData(query, {
          store: database.schema,
          upcast: eventStore.upcast,
          a,
          b,
          rules: experiment.rules,
          position,
          inFlight,
          tell: (step, done, total, message) => log.tell(claimed, step, done, total, message),
        })),
      }),
    );
    if (isApart(compared)) {
      found.positions = { a: compared.a, b: compared.b, highWaterMark, until: compared.until };
      return;
    }
    await log.replaceRows(claimed, compared.rows);
    found.data = compared.report;
    found.positions = { ...compared.at, highWaterMark, until: null };
    await log.keep(claimed, 'data', found.data);
    await log.keep(claimed, 'positions', found.positions);
  }
  if (found.performance !== undefined) return;
  const seed = seedOf(experiment.id);
  const codes = await codesOf(parts, name, versions);
  const upTo = earlier(found.data.position, (experiment.range.upTo as Position | undefined) ?? found.data.position);
  const batches = await replayBatches({
    database,
    eventStore,
    codes,
    range: { after: (experiment.range.after as Position | undefined) ?? START, upTo },
    experimentId: experiment.id,
    seed,
    tell: (done, total) => log.tell(claimed, 'performance', done, total, `${done} of ${total} batches applied to both`),
  });
  const reader = readers[name];
  const reads =
    reader === undefined
      ? null
      : await replayReads({
          database,
          reader,
          name,
          versions,
          seed,
          tell: (done, total) => log.tell(claimed, 'reads', done, total, `${done} of ${total} reads replayed`),
        });
  found.performance = await withLag(parts, { name, versions, batches, reads });
  await log.keep(claimed, 'performance', found.performance);
}

async function withLag(
  { status }: ComparerParts,
  {
    name,
    versions,
    batches,
    reads,
  }: { name: string; versions: Record<Side, number>; batches: BatchFigures; reads: PerformanceReport['reads'] },
): Promise<PerformanceReport> {
  const projection = (await status()).projections.find((one) => one.name === name);
  const lagOf = (side: Side) => {
    const lagEvents = projection?.versions.find((one) => one.version === versions[side])?.lagEvents ?? 0;
    return { lagEvents, updateMs: versions[side] === projection?.version ? projection.updateMs : null };
  };
  const { a, b, ...rest } = batches;
  return { ...rest, a: { ...a, ...lagOf('a') }, b: { ...b, ...lagOf('b') }, reads };
}

async function codesOf(
  { database, projections }: ComparerParts,
  name: string,
  versions: Record<Side, number>,
): Promise<Record<Side, Projection>> {
  const rows = await database.query<{ version: number; code: number }>(
    'select version, code_version as code from projection_versions where name = $1 and version in ($2, $3)',
    [name, versions.a, versions.b],
  );
  const codeOf = (side: Side) => {
    const row = rows.find((one) => one.version === versions[side]);
    const code = projections.find((one) => one.name === name && one.version === row?.code);
    if (code !== undefined) return code;
    throw new TidemarkError('bad-request', `the code of ${name} v${versions[side]} is not here`, { field: side });
  };
  return { a: codeOf('a'), b: codeOf('b') };
}

async function compareDeciders(
  { database, eventStore, deciders, log }: ComparerParts,
  { claimed, experiment, found }: Work,
): Promise<void> {
  if (found.decider !== undefined) return;
  const named = (label: string, field: Side) => {
    const decider = deciders.find((one) => one.category === experiment.subject && one.version === label)?.decider;
    if (decider !== undefined) return decider;
    throw new TidemarkError('bad-request', `no decider of ${experiment.subject} is named ${label}`, { field });
  };
  found.decider = await database.transaction(
    async (query) => {
      await query('set transaction isolation level repeatable read, read only');
      return replayCommands(
        { query, upcast: eventStore.upcast },
        {
          category: experiment.subject,
          range: experiment.range,
          deciders: { a: named(experiment.a, 'a'), b: named(experiment.b, 'b') },
          measure: experiment.measure,
          seed: seedOf(experiment.id),
          tell: (done, total) =>
            log.tell(claimed, 'commands', done, total, `${done} of ${total} commands decided by both`),
        },
      );
    },
    { deadlineMs: 60 * 60_000 },
  );
  await log.keep(claimed, 'decider', found.decider);
}

function isApart(compared: object): compared is Apart {
  return 'until' in compared;
}

function earlier(a: Position, b: Position): Position {
  return comparePositions(a, b) <= 0 ? a : b;
}
