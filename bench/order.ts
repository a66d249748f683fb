import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { runOrder } from '#testing/order-run.ts';
import type { Special } from './measurement.ts';
import { single } from './statistics.ts';

const SCHEMA = 'tidemark';

/**
 * Skipped, repeated, inverted of 200,000 appends by 4 processes of 8 writers, some rolled back, some slow between
 * position and commit, beside an unrelated transaction that stays open for the whole run.
 */
export const order: Special = {
  kind: 'special',
  title: 'Order of events under rollbacks and slow transactions',
  async run(url, { quick }) {
    const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench' });
    await migrate(database);
    await database.close();
    const appends = quick ? 10_000 : 200_000;
    const run = await runOrder({ url, schema: SCHEMA, processes: 4, writers: 8, appends });
    const { seconds, ...counts } = run;
    const figures = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, single(value, 'events')]));
    return {
      rounds: 1,
      figures: {
        ...figures,
        seconds: single(seconds, 's'),
        appendsPerSecond: single(run.appended / seconds, 'appends/s'),
      },
    };
  },
};
