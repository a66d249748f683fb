import type { APIRequestContext } from '@playwright/test';
import postgres from 'postgres';
import { findEmbeddedPostgres } from '#db/embedded.ts';

/** The database of the server under test, for what no procedure does: a fault in the read model, made and mended. */
export async function withDatabase<Result>(work: (sql: postgres.Sql) => Promise<Result>): Promise<Result> {
  const url = findEmbeddedPostgres('.data/e2e');
  if (url === undefined) throw new Error('the server of the stories has no embedded Postgres in .data/e2e');
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

export type OrderFault = {
  /** Stands in the message of the failure. */
  name: string;
  /** Lets no attempt come by itself for an hour, so that what happens next is the operator's doing. */
  holdRetries(): Promise<void>;
  mend(): Promise<void>;
};

/** Makes the read model `orders` fail at every order of one customer. */
export async function failOrdersOf(customer: string, request: APIRequestContext): Promise<OrderFault> {
  const { version } = (await (await request.get('/api/v1/projections/orders')).json()) as { version: number };
  const table = `tidemark_orders_v${version}.orders`;
  const name = `no_${customer.replaceAll('-', '_')}`;
  const run = (statement: string) => withDatabase((sql) => sql.unsafe(statement));
  await run(`alter table ${table} add constraint ${name} check (customer_id is distinct from '${customer}')`);
  return {
    name,
    async holdRetries() {
      await run(`update tidemark.parked set next_retry_at = clock_timestamp() + interval '1 hour'
                 where name = 'orders' and version = ${version} and state = 'failed'`);
    },
    async mend() {
      await run(`alter table ${table} drop constraint if exists ${name}`);
    },
  };
}
