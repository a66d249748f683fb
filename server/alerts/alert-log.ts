import { randomUUID } from 'node:crypto';
import { channels, type Database, type Query } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { appendAct } from '#server/projections/engine/act.ts';
import type { Alert, Alerts } from './alerts.ts';

export type OpenAlert = { alertId: string; projection: string; worstSeconds: number };

export type Raise = {
  projection: string;
  objectiveSeconds: number;
  lagSeconds: number;
  lagEvents: number;
  cause: string | null;
  message: string;
};

/** Who acts where no person does. */
const ACTOR = 'tidemark';

export function openAlerts(database: Database): Promise<OpenAlert[]> {
  return database.query<OpenAlert>(
    `select alert_id as "alertId", projection, worst_seconds as "worstSeconds" from alerts where resolved_at is null`,
  );
}

/** Raises an alert with its event and what the webhook is told, in one transaction; false where one is open already. */
export async function raiseAlert(database: Database, raise: Raise, webhookUrl: string | undefined): Promise<boolean> {
  const { projection, objectiveSeconds, lagSeconds, lagEvents, cause, message } = raise;
  const alertId = randomUUID();
  return database.transaction(async (query) => {
    const [row] = await query<{ raisedAt: string }>(
      `insert into alerts (alert_id, projection, objective_seconds, worst_seconds, cause, message)
       values ($1, $2, $3, $4, $5, $6) on conflict (projection) where resolved_at is null do nothing
       returning raised_at as "raisedAt"`,
      [alertId, projection, objectiveSeconds, lagSeconds, cause, message],
    );
    if (row === undefined) return false;
    const data = { alertId, objectiveSeconds, lagSeconds, lagEvents, cause, message };
    const told = { kind: 'raised' as const, alertId, projection, at: row.raisedAt, data };
    await tell(query, told, webhookUrl);
    const eventType = 'ProjectionAlertRaised';
    await appendAct(query, database.schema, { projection, eventType, actor: ACTOR, data });
    return true;
  });
}

/** Resolves an open alert with its event and what the webhook is told. */
export async function resolveAlert(
  database: Database,
  { alertId, projection }: OpenAlert,
  webhookUrl: string | undefined,
) {
  await database.transaction(async (query) => {
    const [row] = await query<{ resolvedAt: string; openSeconds: number; worstSeconds: number }>(
      `update alerts set resolved_at = clock_timestamp() where alert_id = $1 and resolved_at is null
       returning resolved_at as "resolvedAt", worst_seconds as "worstSeconds",
         extract(epoch from resolved_at - raised_at)::float8 as "openSeconds"`,
      [alertId],
    );
    if (row === undefined) return;
    const data = { alertId, openSeconds: row.openSeconds, worstSeconds: row.worstSeconds };
    const told = { kind: 'resolved' as const, alertId, projection, at: row.resolvedAt, data };
    await tell(query, told, webhookUrl);
    const eventType = 'ProjectionAlertResolved';
    await appendAct(query, database.schema, { projection, eventType, actor: ACTOR, data });
  });
}

export async function noteWorst(database: Database, { alertId }: OpenAlert, lagSeconds: number): Promise<void> {
  const statement = 'update alerts set worst_seconds = greatest(worst_seconds, $2) where alert_id = $1';
  await database.query(statement, [alertId, lagSeconds]);
}

type Told = { kind: 'raised' | 'resolved'; alertId: string; projection: string; at: string; data: object };

async function tell(query: Query, told: Told, url: string | undefined): Promise<void> {
  if (url === undefined) return;
  const deliveryId = randomUUID();
  const body = JSON.stringify({ deliveryId, type: `alert.${told.kind}`, ...told });
  await query('insert into webhook_deliveries (delivery_id, alert_id, kind, url, body) values ($1, $2, $3, $4, $5)', [
    deliveryId,
    told.alertId,
    told.kind,
    url,
    body,
  ]);
}

const LIST = `
  select alert_id as "alertId", projection, objective_seconds as "objectiveSeconds", worst_seconds as "worstSeconds", cause,
    message, raised_at as "raisedAt", resolved_at as "resolvedAt",
    coalesce((
      select json_agg(json_build_object('deliveryId', d.delivery_id, 'kind', d.kind,
        'state', case when d.delivered_at is not null then 'delivered' when d.given_up_at is not null then 'given_up' else 'pending' end,
        'attempts', coalesce((
          select json_agg(json_build_object('at', to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'durationMs', t.duration_ms, 'status', t.status, 'error', t.error) order by t.attempt)
          from webhook_attempts t where t.delivery_id = d.delivery_id), '[]')) order by d.created_at)
      from webhook_deliveries d where d.alert_id = a.alert_id), '[]') as deliveries
  from alerts a
  where ($1::text is null or projection = $1) and ($2::boolean is null or (resolved_at is null) = $2)
  order by raised_at desc, alert_id desc limit $3`;

/** The alerts, and how objectives are set. */
export function createAlerts(database: Database): Alerts {
  return {
    list: ({ projection, open, limit }) => database.query<Alert>(LIST, [projection ?? null, open ?? null, limit]),
    setObjective: ({ name, seconds, reason, actor }) =>
      database.transaction(async (query) => {
        const known = await query('select 1 from projections where name = $1', [name]);
        if (known.length === 0) {
          throw new TidemarkError('unknown-projection', `no projection is named ${name}`, { field: 'name' });
        }
        await query(
          `insert into projection_objectives (name, seconds) values ($1, $2)
           on conflict (name) do update set seconds = excluded.seconds`,
          [name, seconds],
        );
        const data = { objectiveSeconds: seconds, reason };
        const event = { projection: name, eventType: 'ProjectionObjectiveSet', actor, data };
        const appended = await appendAct(query, database.schema, event);
        await query('select pg_notify($1, $2)', [channels(database.schema).events, '']);
        return { name, objectiveSeconds: seconds, ...appended };
      }),
  };
}
