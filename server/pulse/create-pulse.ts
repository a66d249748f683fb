import type { Database } from '#db/database.ts';
import { positionsBetween } from '#server/kernel/position.ts';
import type { ProjectionsStatus } from '#server/projections/status.ts';
import { createCategoryRates } from './category-rates.ts';
import { type CommandFigures, readCommandFigures } from './command-figures.ts';
import { readLagHistory, recordLag, rollUpLag } from './lag-history.ts';
import type { Pulse, PulseSource } from './pulse.ts';
import { createRing, type Ring } from './ring.ts';
import { readStoreFigures, type StoreFigures } from './store-figures.ts';

const INTERVAL_MS = 1000;
const FIGURE_POINTS = 60;

export type PulseParts = {
  database: Database;
  embedded: boolean;
  /** Categories of streams that Tidemark keeps of itself. */
  ownCategories: readonly string[];
  readStatus(): Promise<ProjectionsStatus>;
  workerState(): Pulse['worker'];
  /** Makes a rate smoothed over 15 s, from running counts. */
  smoothedRate(): { observe(count: number, atMs: number): number };
};

type Sample = {
  categories: Pulse['store']['categories'];
  status: ProjectionsStatus;
  commands: CommandFigures;
  store: StoreFigures;
  answerMs: number;
};

/**
 * Samples once a second, always, and writes the lag down, so that its charts open with the past; four statements a second
 * whoever watches. While the database is away it keeps the last figures and says that they are old.
 */
export function createPulse(parts: PulseParts): PulseSource & { stop(): Promise<void> } {
  const figures = {
    appendRate: createRing<number>(FIGURE_POINTS),
    worstLagSeconds: createRing<number>(FIGURE_POINTS),
    headGap: createRing<number>(FIGURE_POINTS),
  };
  const appendRate = parts.smoothedRate();
  const categoryRates = createCategoryRates(parts.smoothedRate);
  const watchers = new Set<() => void>();
  let latest: Pulse | undefined;
  let last: Sample | undefined;
  let stopped = false;
  let rolledUp = '';
  let timer: NodeJS.Timeout | undefined;
  let sampling = Promise.resolve();

  async function sample(): Promise<void> {
    try {
      const taken = await takeSample(parts);
      const atMs = performance.now();
      const rate = appendRate.observe(Number(taken.status.head), atMs);
      last = { ...taken, categories: categoryRates.observe(taken.store.categories, atMs) };
      keepFigures(last, rate);
      await keepLag(last);
      latest = toPulse(parts, last, rate, true, figures);
    } catch {
      if (last !== undefined) latest = { ...toPulse(parts, last, 0, false, figures), at: latest?.at ?? last.store.at };
    }
    for (const wake of watchers) wake();
  }

  async function keepLag({ status, store }: Sample): Promise<void> {
    await recordLag(parts.database, store.at, status.projections);
    const minute = store.at.slice(0, 16);
    if (minute === rolledUp) return;
    await rollUpLag(parts.database, store.at);
    rolledUp = minute;
  }

  function keepFigures({ status }: Sample, rate: number): void {
    figures.appendRate.push(rate);
    figures.worstLagSeconds.push(Math.max(0, ...status.projections.map((one) => one.lagSeconds)));
    figures.headGap.push(positionsBetween(status.highWaterMark, status.head));
  }

  function tick(): void {
    const startedAt = performance.now();
    sampling = sample().then(() => {
      if (!stopped) timer = setTimeout(tick, Math.max(50, INTERVAL_MS - (performance.now() - startedAt)));
    });
  }
  tick();

  return {
    async current() {
      if (latest === undefined) await sampling;
      if (latest === undefined) await sample();
      if (latest === undefined) throw new Error('no pulse yet: the database has not answered since the start');
      return latest;
    },
    async *watch(signal) {
      let sent: Pulse | undefined;
      while (!signal.aborted && !stopped) {
        if (latest !== undefined && latest !== sent) {
          sent = latest;
          yield latest;
          continue;
        }
        await new Promise<void>((resolve) => {
          const wake = () => {
            watchers.delete(wake);
            signal.removeEventListener('abort', wake);
            resolve();
          };
          watchers.add(wake);
          signal.addEventListener('abort', wake, { once: true });
        });
      }
    },
    lagHistory: (query) => readLagHistory(parts.database, query),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      for (const wake of watchers) wake();
      await sampling;
    },
  };
}

async function takeSample({ database, ownCategories, readStatus }: PulseParts): Promise<Omit<Sample, 'categories'>> {
  const startedAt = performance.now();
  const store = await readStoreFigures(database, ownCategories);
  const answerMs = performance.now() - startedAt;
  const [status, commands] = await Promise.all([readStatus(), readCommandFigures(database)]);
  return { status, commands, store, answerMs };
}

function toPulse(
  { embedded, workerState }: PulseParts,
  { status, commands, store, categories, answerMs }: Sample,
  appendRate: number,
  ok: boolean,
  figures: Record<keyof Pulse['history'], Ring<number>>,
): Pulse {
  const p50 = (step: string) => commands.steps.find((one) => one.step === step)?.p50Ms ?? null;
  return {
    at: store.at,
    database: { ok, answerMs: ok ? answerMs : null, serverVersion: store.serverVersion, embedded },
    worker: workerState(),
    commands: {
      rate: (commands.accepted + commands.refused) / 15,
      refusedRate: commands.refused / 15,
      callers: commands.callers,
      p95Ms: commands.p95Ms,
      refusedP50Ms: commands.refusedP50Ms,
      steps: commands.steps,
      conflictRetriesLastHour: commands.conflictRetriesLastHour,
    },
    store: {
      appendRate,
      categories,
      events: store.events,
      streams: store.streams,
      empty: store.empty,
      appendP50Ms: p50('append'),
      publishP50Ms: p50('publish'),
      queryStateP50Ms: p50('query_state'),
    },
    acknowledged: {
      rate: (commands.accepted * (1 - commands.pendingShare)) / 15,
      acceptedLastMinute: commands.acceptedLastMinute,
      pending: commands.pending,
      oldestPendingSeconds: commands.oldestPendingSeconds,
      p50Ms: commands.acknowledgedP50Ms,
      p95Ms: commands.acknowledgedP95Ms,
      atLeast: commands.acknowledgedAtLeast,
    },
    projections: status,
    history: {
      appendRate: figures.appendRate.values(),
      worstLagSeconds: figures.worstLagSeconds.values(),
      headGap: figures.headGap.values(),
    },
  };
}
