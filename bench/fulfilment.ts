import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { runFulfilment } from '#testing/fulfilment-run.ts';
import type { Special } from './measurement.ts';
import { single } from './statistics.ts';

const SCHEMA = 'tidemark';

/**
 * 500 orders through the process manager while its workers are killed: how many did not end as they must, what was
 * reserved or charged twice, what a run over the whole history anew added. All must be 0.
 */
export const fulfilment: Special = {
  kind: 'special',
  title: 'Orders through fulfilment, with declined payments, missing stock, timeouts and killed workers',
  async run(url, { quick, progress }) {
    const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench' });
    await migrate(database);
    await database.close();
    const orders = quick ? 100 : 500;
    const run = await runFulfilment({ url, schema: SCHEMA, orders, kills: quick ? 2 : 8, timeoutMs: 120_000 });
    for (const what of run.doubled) progress(`twice: ${what}`);
    for (const { orderId, order, payment } of run.wrong) progress(`wrong: ${orderId} ${order} ${payment}`);
    return {
      rounds: 1,
      figures: {
        orders: single(run.orders, 'orders'),
        kills: single(run.kills, 'kills'),
        wrongEnds: single(run.wrong.length, 'orders'),
        doubled: single(run.doubled.length, 'events'),
        stockOff: single(run.stockOff, 'articles'),
        addedByReplay: single(run.addedByReplay, 'events'),
        seconds: single(run.seconds, 's'),
      },
    };
  },
};
