import type { Database } from '#db/database.ts';
import type { WorkerStatus } from '#server/projections/status.ts';

/** Workers heard of within the last minute, with what they hold. */
export function readWorkers(database: Database): Promise<WorkerStatus[]> {
  return database.query<WorkerStatus>(`
    select w.process_id as "processId", w.host, w.started_at as "startedAt",
      extract(epoch from clock_timestamp() - w.heartbeat_at)::float8 as "silentSeconds",
      array(select v.name || ' v' || v.version from projection_versions v
        where v.owner = w.worker_id and v.leased_until > clock_timestamp() order by v.name, v.version) as runs
    from workers w where w.heartbeat_at > clock_timestamp() - interval '1 minute' order by w.started_at`);
}
