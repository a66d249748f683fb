import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { LEASE_MS } from '#server/projections/engine/engine.ts';
import { runTakeover } from '#testing/takeover-run.ts';
import type { Special } from './measurement.ts';
import { single } from './statistics.ts';

const SCHEMA = 'tidemark';

/** Two workers under load, killed with SIGKILL and frozen with SIGSTOP past their lease by turns, 50 times each. */
export const takeover: Special = {
  kind: 'special',
  title: 'Workers killed and frozen while events are appended',
  async run(url, { quick }) {
    const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench' });
    await migrate(database);
    await database.close();
    const rounds = quick ? 3 : 50;
    const run = await runTakeover({ url, schema: SCHEMA, rounds, leaseMs: LEASE_MS, writers: 4 });
    const figures = Object.entries(run).map(([name, value]) => [
      name,
      single(value, name.startsWith('takeoverMs') ? 'ms' : ''),
    ]);
    return {
      rounds: 1,
      figures: Object.fromEntries(figures),
      notes: [`the lease is ${LEASE_MS} ms, as by default`],
    };
  },
};
