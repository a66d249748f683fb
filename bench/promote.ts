import { setTimeout as pause } from 'node:timers/promises';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import type { Special } from './measurement.ts';
import { createCommands, createReaders, placeMarked, startPace } from './promote/load.ts';
import { createServer, type Server } from './promote/server.ts';
import { eventsOf, judge, stateOf } from './promote/state.ts';
import { median, quantile, single, spread } from './statistics.ts';

// Some more than the 200 of each that shall be answered a second: what is under way when the server is killed is not.
const COMMANDS_PER_SECOND = 206;
const READS_PER_SECOND = 206;
const WAIT_MS_MAX = 120_000;

/** Load before a switch is counted, counted before it, and after it; and before the first, while all is cold. */
const LOAD_MS = 1500;
const WARM_UP_MS = 8000;

/**
 * Readers of `orders` are switched between two versions by experiments, under 200 commands and 200 reads a second, and
 * the server is killed at moments spread over the time that a switch takes, every second time with its worker. Each read
 * must see one version and none the one before again; in the end nothing is lost, doubled or left half done.
 */
export const promote: Special = {
  kind: 'special',
  title: 'Promote under load, with the server killed in the middle of it',
  async run(url, { quick, progress }) {
    const kills = quick ? 2 : 20;
    const undisturbed = quick ? 1 : 3;
    const server = createServer(url);
    const database = connectDatabase({ url, schema: 'tidemark', applicationName: 'bench', deadlineMs: 60_000 });
    try {
      await server.start();
      await placeMarked(server);
      const commands = createCommands(server);
      const readers = createReaders(server);
      const load = createLoad(commands, readers);
      load.start();
      await pause(WARM_UP_MS);
      await load.stop();
      const calm: number[] = [];
      const found = { beforeTheSwitch: 0, betweenSwitchAndEvent: 0, afterBoth: 0, inconsistent: 0 };
      for (let round = 0; round < undisturbed + kills; round += 1) {
        const { serving } = await stateOf(database);
        const other = 3 - serving;
        const id = await compared(server, { a: serving, b: other, database });
        load.start();
        await pause(LOAD_MS);
        load.count();
        await pause(LOAD_MS);
        readers.expect(other);
        const startedAt = performance.now();
        const answered = server.ask(`/experiments/${id}/promote`, { reason: 'measured' });
        if (round < undisturbed) {
          const answer = await answered;
          if (answer?.status !== 202) throw new Error(`not promoted: ${JSON.stringify(answer)}`);
          calm.push(performance.now() - startedAt);
          load.note();
        } else {
          const share = (round - undisturbed + 0.5) / kills;
          await pause(share * 1.1 * median(calm));
          load.note();
          await server.restart(round % 2 === 0);
          found[await whereItStood(database, { id, other })] += 1;
          await finished(server, database, { id, other });
        }
        await pause(LOAD_MS);
        await load.stop();
        if (!(await isConsistent(database, { id, other, promotions: round + 1 }))) found.inconsistent += 1;
        const { commands: written, reads } = load.perSecond;
        progress(
          `${round + 1} of ${undisturbed + kills}: v${other} serves; ${written.at(-1)?.toFixed(0)} commands and ${reads.at(-1)?.toFixed(0)} reads a second until then`,
        );
      }
      for (const line of commands.refused) progress(`refused: ${line}`);
      const verdict = await judge(database, commands.acknowledged);
      return {
        rounds: 1,
        figures: {
          kills: single(kills, ''),
          killedBeforeTheSwitch: single(found.beforeTheSwitch, ''),
          killedBetweenSwitchAndEvent: single(found.betweenSwitchAndEvent, ''),
          killedAfterBoth: single(found.afterBoth, ''),
          promoteMs: single(median(calm), 'ms'),
          commandsPerSecond: spread(load.perSecond.commands, 'commands/s'),
          commandsAcknowledged: single(commands.acknowledged.length, ''),
          commandsRepeated: single(commands.repeated(), ''),
          commandsRefused: single(commands.refused.length, ''),
          readsPerSecond: spread(load.perSecond.reads, 'reads/s'),
          reads: single(readers.seen.reads, ''),
          readsUnanswered: single(readers.seen.unanswered, ''),
          readMsP50: single(quantile(readers.durations, 0.5), 'ms'),
          readMsP99: single(quantile(readers.durations, 0.99), 'ms'),
          readsOfTwoVersions: single(readers.seen.ofTwoVersions, ''),
          readsThatWentBack: single(readers.seen.wentBack, ''),
          positionsThatWentBack: single(readers.seen.positionWentBack, ''),
          readsWithoutARow: single(readers.seen.incomplete, ''),
          lost: single(verdict.lost, 'commands'),
          doubled: single(verdict.doubled, 'events'),
          differentRows: single(verdict.differentRows, 'rows'),
          unaccounted: single(verdict.unaccounted, 'events'),
          inconsistentAfterRestart: single(found.inconsistent, ''),
        },
      };
    } finally {
      await database.close();
      await server.stop();
    }
  },
};

/** Both paces, from before a switch until after it. */
function createLoad(commands: ReturnType<typeof createCommands>, readers: ReturnType<typeof createReaders>) {
  const answered = () => ({ commands: commands.acknowledged.length, reads: readers.seen.reads });
  const perSecond = { commands: [] as number[], reads: [] as number[] };
  let begun = { at: 0, ...answered() };
  let going: ReturnType<typeof startPace>[] = [];
  return {
    /** What was answered a second until each switch or kill. */
    perSecond,
    start(): void {
      going = [startPace(COMMANDS_PER_SECOND, commands.turn), startPace(READS_PER_SECOND, readers.turn)];
    },
    count(): void {
      begun = { at: performance.now(), ...answered() };
    },
    note(): void {
      const seconds = (performance.now() - begun.at) / 1000;
      const now = answered();
      for (const what of ['commands', 'reads'] as const) perSecond[what].push((now[what] - begun[what]) / seconds);
    },
    async stop(): Promise<void> {
      await Promise.all(going.map((one) => one.stop()));
    },
  };
}

type Detail = { experiment: { status: string }; report: { verdict: { promotable: boolean; sentence: string } } | null };

/** Drafts and compares, until it may be promoted; resolves with its id. */
async function compared(
  server: Server,
  { a, b, database }: { a: number; b: number; database: Database },
): Promise<string> {
  const [head] = await database.query<{ after: string }>(
    'select greatest(max(global_position) - 500, 0)::text as after from events',
  );
  // The comparison is no part of what is measured: it need not replay what readers asked.
  await database.query('delete from read_requests');
  const drafted = await server.ask('/experiments', {
    hypothesis: 'the switch is measured',
    kind: 'projection',
    subject: 'orders',
    a: String(a),
    b: String(b),
    metric: 'size_bytes',
    matters: 1,
    range: { after: head?.after ?? '0' },
    rules: [{ kind: 'tolerance', column: 'total_amount', absolute: 1 }],
  });
  const id = (drafted?.body as { id?: string } | undefined)?.id;
  if (id === undefined) throw new Error(`not drafted: ${JSON.stringify(drafted)}`);
  for (const until = performance.now() + WAIT_MS_MAX; ; ) {
    await server.ask(`/experiments/${id}/start`, {});
    const detail = await untilConcluded(server, id, until);
    if (detail.report?.verdict.promotable) return id;
    if (performance.now() > until) throw new Error(`not promotable: ${detail.report?.verdict.sentence}`);
  }
}

async function untilConcluded(server: Server, id: string, until: number): Promise<Detail> {
  for (;;) {
    const detail = (await server.ask(`/experiments/${id}`))?.body as Detail | undefined;
    if (detail?.experiment.status === 'concluded') return detail;
    if (performance.now() > until) throw new Error(`experiment ${id} did not conclude`);
    await pause(100);
  }
}

async function whereItStood(database: Database, { id, other }: { id: string; other: number }) {
  const { serving } = await stateOf(database);
  if (serving !== other) return 'beforeTheSwitch';
  return (await eventsOf(database, id)).includes('ExperimentPromoted') ? 'afterBoth' : 'betweenSwitchAndEvent';
}

/** A switch that was done is told of without being asked for again; one that was not is asked for again. */
async function finished(
  server: Server,
  database: Database,
  { id, other }: { id: string; other: number },
): Promise<void> {
  const until = performance.now() + WAIT_MS_MAX;
  while ((await stateOf(database)).serving !== other) {
    await server.ask(`/experiments/${id}/promote`, { reason: 'measured' });
    if (performance.now() > until) throw new Error(`v${other} could not be promoted`);
  }
  while (!(await eventsOf(database, id)).includes('ExperimentPromoted')) {
    if (performance.now() > until) return;
    await pause(100);
  }
}

/** The pointer, the state of the versions, the view and both streams say the same, each once. */
async function isConsistent(
  database: Database,
  { id, other, promotions }: { id: string; other: number; promotions: number },
): Promise<boolean> {
  const state = await stateOf(database);
  const told = (await eventsOf(database, id)).filter((type) => type === 'ExperimentPromoted').length;
  return (
    state.serving === other &&
    state.marked === other &&
    state.view === other &&
    state.promotions === promotions &&
    told === 1
  );
}
