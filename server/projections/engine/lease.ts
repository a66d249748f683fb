import { channels, type Database } from '#db/database.ts';
import type { Position } from '#server/kernel/position.ts';
import type { VersionState } from '#server/kernel/projection.ts';
import type { Held } from './checkpoint.ts';

/** A version that this worker holds, with what was asked of it. */
export type Leased = Held & {
  codeVersion: number;
  state: VersionState;
  checkpoint: Position;
  accountedTo: Position;
  paused: boolean;
  indexed: boolean;
  eventsPerSecondMax: number | null;
  stopAt: Position | null;
  occurredUntil: string | null;
};

const COLUMNS = `v.name, v.version, v.epoch, v.code_version as "codeVersion", v.state, v.checkpoint, v.accounted_to as "accountedTo",
  v.paused is not null as paused, v.indexed, v.events_per_second_max as "eventsPerSecondMax", v.stop_at as "stopAt",
  v.occurred_until as "occurredUntil"`;

// What expired is taken from nobody who still holds it: its row is locked for one statement, and the epoch raised.
const RENEW = `
  with beat as (
    insert into workers (worker_id, process_id, host) values ($1, $3, $4)
    on conflict (worker_id) do update set heartbeat_at = clock_timestamp()
  )
  update projection_versions v set leased_until = clock_timestamp() + $2 * interval '1 millisecond'
  where v.owner = $1 returning ${COLUMNS}`;

// A scratch version that is done needs nobody.
const WANTED = `v.failure is null and (v.stop_at is null or v.checkpoint < v.stop_at or not v.indexed)`;

const FREE = `(v.owner is null or v.leased_until < clock_timestamp())`;

// A share is what is to be run by this many workers, rounded up.
const CLAIM = `
  with live as (
    select greatest(1, count(*)) as workers from workers where heartbeat_at > clock_timestamp() - $2 * interval '1 millisecond'
  ), wanted as (
    select v.name, v.version from projection_versions v
    where ${FREE} and ${WANTED}
      and (v.name, v.code_version) in (select * from unnest($3::text[], $4::int[]))
    order by v.state = 'serving' desc, v.leased_until nulls first, v.name, v.version
    limit greatest(0, (select ceil((select count(*) from projection_versions v
        where ${WANTED})::float8 / workers) from live)::int
      - (select count(*) from projection_versions v where v.owner = $1 and v.leased_until > clock_timestamp() and ${WANTED})::int)
    for update of v skip locked
  )
  update projection_versions v
  set owner = $1, epoch = v.epoch + 1, leased_until = clock_timestamp() + $2 * interval '1 millisecond'
  from wanted w where v.name = w.name and v.version = w.version and ${FREE}
  returning ${COLUMNS}`;

// Not greatest(0, …) around the time: it is 0, not null, where nobody else holds anything.
const OUTLOOK = `
  select greatest(0, mine - ceil(wanted::float8 / workers))::int as surplus, expires_ms as "expiresMs" from (
    select (select extract(epoch from min(v.leased_until) - clock_timestamp())::float8 * 1000
        from projection_versions v where v.owner <> $1 and ${WANTED}) as expires_ms,
      (select greatest(1, count(*)) from workers where heartbeat_at > clock_timestamp() - $2 * interval '1 millisecond') as workers,
      (select count(*) from projection_versions v where ${WANTED}) as wanted,
      (select count(*) from projection_versions v where v.owner = $1 and ${WANTED}) as mine) t`;

const RELEASE = `update projection_versions set owner = null, leased_until = null
  where owner = $1 and name = $2 and version = $3 and epoch = $4`;

const RELEASE_ALL = `
  with released as (update projection_versions set owner = null, leased_until = null where owner = $1 returning 1)
  select pg_notify($2, '') from released limit 1`;

const READ = `select ${COLUMNS} from projection_versions v where v.name = $1 and v.version = $2`;

const REFUSED = 'update projection_versions set refused_writes = refused_writes + 1 where name = $1 and version = $2';

/** What one worker does about leases. Times are the database's, so a wrong clock of a worker changes nothing. */
export function createLeases(
  database: Database,
  worker: {
    id: string;
    processId: number;
    host: string;
    leaseMs: number;
    runs: readonly { name: string; version: number }[];
  },
) {
  const { id, leaseMs } = worker;
  return {
    /** Says that this worker lives and renews all that it holds; what is missing in the answer it has lost. */
    renew: () => database.query<Leased>(RENEW, [id, leaseMs, worker.processId, worker.host]),
    /** Takes its share of what nobody holds. */
    claim: () =>
      database.query<Leased>(CLAIM, [
        id,
        leaseMs,
        worker.runs.map((one) => one.name),
        worker.runs.map((one) => one.version),
      ]),
    /** How many more it holds than its share, and in how long the first lease of another worker ends if it isn't renewed. */
    async outlook(): Promise<{ surplus: number; expiresMs: number | null }> {
      const [row] = await database.query<{ surplus: number; expiresMs: number | null }>(OUTLOOK, [id, leaseMs]);
      return row ?? { surplus: 0, expiresMs: null };
    },
    /** The version as it stands, whoever holds it; null where it is gone. */
    async read({ name, version }: Held): Promise<Leased | null> {
      const [row] = await database.query<Leased>(READ, [name, version]);
      return row ?? null;
    },
    /** Gives all back and tells the others, who need not wait for a lease to end. */
    releaseAll: () => database.query(RELEASE_ALL, [id, channels(database.schema).control]),
    release: ({ name, version, epoch }: Held) => database.query(RELEASE, [id, name, version, epoch]),
    /** Counts a write that was refused because the lease was lost. */
    refused: ({ name, version }: Held) => database.query(REFUSED, [name, version]),
    leave: () =>
      database.query(`delete from workers where worker_id = $1 or heartbeat_at < now() - interval '1 hour'`, [id]),
  };
}

export type Leases = ReturnType<typeof createLeases>;
