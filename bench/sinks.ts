import { SCHEMA, startRuntime } from './contestants/start-commands.ts';
import { startWorker, untilFilled } from './fill.ts';
import type { Figure, Special } from './measurement.ts';
import { seedOrders } from './seed-orders.ts';
import { median, round } from './statistics.ts';

/** `orders` writes rows of a table, `search` the documents of the index; `density` counts. */
const PROJECTIONS = ['orders', 'search', 'density'];

/** Each shipped read model filled from nothing over the same events, alone and in turns. */
export const sinks: Special = {
  kind: 'special',
  title: 'Rebuild of each read model, the search index beside rows of a table',
  async run(url, { quick, rounds, progress }) {
    const events = quick ? 40_000 : 200_000;
    const shutdown = new AbortController();
    const runtime = await startRuntime(url, shutdown.signal);
    await seedOrders(runtime.database, events);
    const rates = new Map<string, number[]>(PROJECTIONS.map((name) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const name of PROJECTIONS) {
        progress(`round ${round} of ${rounds}: ${name}`);
        const worker = await startWorker(url, SCHEMA, name);
        const act = { name, actor: 'bench', reason: 'measured' };
        // The first fills the version that serves, so that a rebuild has one to stand beside.
        const { version } = round === 0 ? { version: 1 } : await runtime.services.operations.rebuild(act);
        const seconds = await untilFilled(runtime.services.projections.status, name, version);
        if (round > 0) {
          rates.get(name)?.push(events / seconds);
          await runtime.services.operations.cancel({ ...act, version });
        }
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        worker.kill('SIGTERM');
        await ended;
      }
    }
    shutdown.abort();
    await runtime.close();
    const figures: Record<string, Figure> = {};
    for (const [name, values] of rates) {
      figures[`${name}EventsPerSecond`] = {
        unit: 'events/s',
        median: round(median(values)),
        min: round(Math.min(...values)),
        max: round(Math.max(...values)),
      };
    }
    const [orders = [], search = []] = ['orders', 'search'].map((name) => rates.get(name));
    const ratios = search.map((value, turn) => value / (orders[turn] ?? Number.NaN));
    figures.searchToOrders = {
      unit: '',
      median: round(median(ratios)),
      min: round(Math.min(...ratios)),
      max: round(Math.max(...ratios)),
    };
    return { rounds, figures };
  },
};
