import type { Database } from '#db/database.ts';
import { AUDIT_STREAM, type AuditEntry, type AuditQuery } from './audit.ts';

const SELECT = `
  select b.data->>'actId' as "actId", b.global_position as "globalPosition", b.stream_version::int as "streamVersion",
    b.occurred_at as at, b.data->'who' as who, b.data->>'act' as act, b.data->>'reason' as reason, b.data->'input' as input,
    b.data->'from' as "from", b.data->>'requestId' as "requestId", b.data->>'approvedBy' as "approvedBy",
    coalesce(e.data->>'outcome', 'unknown') as outcome, e.data->>'code' as code, coalesce(e.data->'result', '{}') as result,
    (e.data->>'durationMs')::int as "durationMs", b.data->'link'->>'hash' as hash
  from events b
  left join events e on e.stream_id = '${AUDIT_STREAM}' and e.event_type = 'ActEnded' and e.data->>'actId' = b.data->>'actId'
  where b.stream_id = '${AUDIT_STREAM}' and b.event_type = 'ActBegun'`;

/** Entries, newest first. */
export async function listEntries(database: Database, query: AuditQuery) {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (condition: (parameter: string) => string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add((p) => `b.stream_version < ${p}`, query.before);
  add((p) => `b.data->'who'->>'name' = ${p}`, query.who);
  add((p) => `(b.data->>'act' = ${p} or b.data->>'act' like ${p} || '.%')`, query.act);
  add((p) => `coalesce(e.data->>'outcome', 'unknown') = ${p}`, query.outcome);
  add((p) => `b.occurred_at >= ${p}`, query.from);
  add((p) => `b.occurred_at <= ${p}`, query.to);
  add(
    (
      p,
    ) => `(strpos(lower(coalesce(b.data->>'reason', '')), lower(${p})) > 0 or strpos(b.data->'from'->>'address', ${p}) > 0
      or strpos(lower(b.data->>'input'), lower(${p})) > 0 or b.data->>'requestId' = ${p})`,
    query.q,
  );
  values.push(query.limit + 1);
  const where = conditions.map((condition) => ` and ${condition}`).join('');
  const rows = await database.query<AuditEntry>(
    `${SELECT}${where} order by b.stream_version desc limit $${values.length}`,
    values,
  );
  const entries = rows.slice(0, query.limit);
  return { entries, nextBefore: rows.length > query.limit ? (entries.at(-1)?.streamVersion ?? null) : null };
}
