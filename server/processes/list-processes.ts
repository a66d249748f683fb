import type { Database } from '#db/database.ts';
import type { Processes, ProcessManagerStatus, ProcessRow } from './processes.ts';

const MANAGERS = `
  select m.name, m.checkpoint, m.moved_at as "movedAt", m.fault->>'message' as fault,
    case when m.leased_until > clock_timestamp() then jsonb_build_object('processId', m.process_id, 'host', coalesce(m.host, ''),
      'leasedSeconds', extract(epoch from m.leased_until - clock_timestamp())::float8) end as worker,
    (select count(*) from processes p where p.manager = m.name)::int as processes,
    (select count(*) from processes p where p.manager = m.name and p.fault is not null)::int as failing,
    (select count(*) from process_timers t where t.manager = m.name)::int as timers,
    (select count(*) from process_timers t where t.manager = m.name and t.due_at <= clock_timestamp())::int as "timersDue"
  from process_managers m order by m.name`;

const LIST = `
  select p.stream_id as "streamId", p.manager, p.started_at as "startedAt", p.fault->>'message' as fault,
    e.event_type as "lastEventType", e.recorded_at as "lastAt", coalesce(s.version, 0)::float8 as "streamVersion",
    coalesce((select jsonb_agg(jsonb_build_object('name', t.name, 'dueAt', to_char(t.due_at at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by t.due_at) from process_timers t where t.stream_id = p.stream_id), '[]') as timers
  from processes p
  left join streams s on s.stream_id = p.stream_id
  left join events e on e.stream_id = p.stream_id and e.stream_version = s.version
  where ($1::text is null or p.manager = $1)
    and ($2::text <> 'failing' or p.fault is not null)
    and ($2::text <> 'waiting' or exists (select from process_timers t where t.stream_id = p.stream_id))
    and ($3::text is null or (p.started_at, p.stream_id) < (select a.started_at, a.stream_id from processes a where a.stream_id = $3))
  order by p.started_at desc, p.stream_id desc limit $4`;

/** Reads process managers and their processes as they stand. */
export function createProcesses(database: Database): Processes {
  return {
    managers: async () => ({ managers: await database.query<ProcessManagerStatus>(MANAGERS) }),
    async list({ manager, show, after, limit }) {
      const rows = await database.query<ProcessRow>(LIST, [manager ?? null, show, after ?? null, limit + 1]);
      const processes = rows.slice(0, limit);
      return { processes, nextAfter: rows.length > limit ? (processes.at(-1)?.streamId ?? null) : null };
    },
  };
}
