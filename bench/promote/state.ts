import type { Database } from '#db/database.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { projections as shipped } from '#server/projections/definitions/index.ts';
import { createInspection } from '#server/projections/engine/create-inspection.ts';
import { projections as candidates } from './marked-orders.ts';

/** What Postgres says of the versions of `orders`. */
export async function stateOf(database: Database) {
  const [row] = await database.query<{ serving: number; marked: number; promotions: number; view: number }>(
    `select p.serving_version as serving,
       (select min(version) from projection_versions where name = 'orders' and state = 'serving' having count(*) = 1) as marked,
       (select count(*)::int from events where stream_id = 'projection-orders' and event_type = 'ProjectionPromoted') as promotions,
       (select substring(definition from 'orders_v(\\d+)')::int from pg_views where schemaname = current_schema() and viewname = 'orders') as view
     from projections p where p.name = 'orders'`,
  );
  if (row === undefined) throw new Error('there is no projection orders');
  return row;
}

/** Events of an experiment by type. */
export async function eventsOf(database: Database, experimentId: string): Promise<string[]> {
  const rows = await database.query<{ type: string }>(
    `select event_type as type from events where stream_id = $1 order by stream_version`,
    [`experiment-${experimentId}`],
  );
  return rows.map((row) => row.type);
}

/** After all: acknowledged commands without their event, events that are there twice, rows that a replay makes otherwise. */
export async function judge(database: Database, acknowledged: readonly string[]) {
  const rows = await database.query<{ command: string; times: number }>(
    `select case event_type when 'OrderPlaced' then 'PlaceOrder ' else 'ConfirmOrder ' end || stream_id as command, count(*)::int as times
     from events where stream_id like 'order-load-%' group by 1`,
  );
  const times = new Map(rows.map((row) => [row.command, row.times]));
  const eventStore = createPostgresEventStore(database);
  const inspection = createInspection({ database, eventStore, projections: [...shipped, ...candidates] });
  let differentRows = 0;
  let unaccounted = 0;
  for (const version of [1, 2]) {
    let after: string | null = '';
    while (after !== null) {
      const check = await inspection.checkRows({ name: 'orders', version, after, limit: 1000 });
      differentRows += check.different.length;
      after = check.nextAfter;
    }
    const { account } = await inspection.completeness({ name: 'orders', version });
    unaccounted += account.missing + account.repeated;
  }
  await eventStore.close();
  return {
    lost: acknowledged.filter((command) => !times.has(command)).length,
    doubled: rows.filter((row) => row.times > 1).length,
    differentRows,
    unaccounted,
  };
}
