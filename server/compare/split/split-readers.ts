import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { CommandBus } from '#server/command-bus/command-bus.ts';
import { streamOf } from '#server/compare/experiments.ts';
import type { Side } from '#server/compare/report.ts';
import { COMPARER } from '#server/domain/experiment/decider.ts';
import type { Position } from '#server/kernel/position.ts';
import type { ReadRouting } from '#server/kernel/read-routing.ts';
import { schemaOf } from '#server/projections/engine/version-schema.ts';
import { brokenRail } from './guard-rails.ts';
import { BINS, binOf } from './histogram.ts';
import type { Split, SplitLog, Window } from './split-log.ts';

/** Splits are read, what was measured is written, and the rails are looked at, once in so long. */
const BEAT_MS = 1000;
const RAIL_SECONDS = 60;

export type ReadSplitter = ReadRouting & {
  /** Reads the splits anew, after one was set here. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
};

/** Sends readers to one version or the other, measures both, and ends a split whose guard rail is broken. */
export function createReadSplitter(parts: { database: Database; commandBus: CommandBus; log: SplitLog }): ReadSplitter {
  const { database, commandBus, log } = parts;
  const process = randomUUID();
  let splits = new Map<string, Split>();
  let windows = new Map<string, Map<Side, Window>>();

  async function refresh(): Promise<void> {
    splits = new Map((await log.all()).map((split) => [split.name, split]));
  }

  async function beat(): Promise<void> {
    const measured = windows;
    windows = new Map();
    await refresh();
    for (const [experimentId, sides] of measured) await log.measured(experimentId, process, [...sides.values()]);
    for (const split of splits.values()) await mind(split);
  }

  async function mind(split: Split): Promise<void> {
    const lag = await log.lagSeconds(split.name, split.b);
    const broken = brokenRail(await log.windows(split.experimentId, RAIL_SECONDS), lag, split.guardRails);
    if (broken === null) return;
    // Readers first: the event tells of what is done.
    await log.clear(split.experimentId);
    splits.delete(split.name);
    await commandBus.handle({
      commandType: 'SetExperimentSplit',
      streamId: streamOf(split.experimentId),
      data: { percent: 0, reason: 'a guard rail is broken', guardRail: broken },
      actor: COMPARER,
      waitForMs: 0,
    });
  }

  function note(experimentId: string, side: Side, ms: number, failed: boolean): void {
    const sides = windows.get(experimentId) ?? new Map<Side, Window>();
    windows.set(experimentId, sides);
    const at = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    const window = sides.get(side) ?? {
      at,
      side,
      reads: 0,
      errors: 0,
      logSum: 0,
      histogram: new Array<number>(BINS).fill(0),
    };
    sides.set(side, window);
    window.reads += 1;
    if (failed) window.errors += 1;
    else {
      window.logSum += Math.log(Math.max(ms, 0.001));
      const bin = binOf(ms);
      window.histogram[bin] = (window.histogram[bin] ?? 0) + 1;
    }
  }

  let beating: Promise<void> | undefined;
  const timer = setInterval(() => {
    // What one beat can't do because the database is away the next one does; a lost second of figures is no harm.
    beating ??= beat()
      .catch(() => {})
      .finally(() => {
        beating = undefined;
      });
  }, BEAT_MS);
  timer.unref();

  return {
    route(name, reader) {
      const split = splits.get(name);
      if (split === undefined) return null;
      const side = placeOf(split.experimentId, reader) < split.percent ? 'b' : 'a';
      const position = async () => {
        const statement = 'select checkpoint from projection_versions where name = $1 and version = $2';
        const [row] = await database.query<{ checkpoint: Position }>(statement, [name, split[side]]);
        return row?.checkpoint ?? ('0' as Position);
      };
      const schema = side === 'a' ? null : schemaOf(database.schema, name, split.b);
      return { side, schema, position, settle: (ms, failed) => note(split.experimentId, side, ms, failed) };
    },
    refresh,
    async stop() {
      clearInterval(timer);
      await beating;
      await beat().catch(() => {});
    },
  };
}

/** A reader's place among a hundred, the same at every read of an experiment: a larger share keeps those of a smaller. */
function placeOf(experimentId: string, reader: string): number {
  const hash = createHash('sha256').update(`${experimentId} ${reader}`).digest();
  return (hash.readUInt32BE(0) / 2 ** 32) * 100;
}
