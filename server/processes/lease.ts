import { hostname } from 'node:os';
import type { Database } from '#db/database.ts';
import type { Position } from '#server/kernel/position.ts';

/** A worker that did not renew for this long has lost the process manager to whoever asks. */
export const LEASE_SECONDS = 2.5;

export type Lease = { epoch: string; checkpoint: Position };

/** The lease is another's, or was until now. */
export class LeaseLostError extends Error {}

const TAKE = `
  update process_managers
  set owner = $2, epoch = epoch + 1, process_id = $3, host = $4,
      leased_until = clock_timestamp() + make_interval(secs => $5)
  where name = $1 and (owner is null or leased_until < clock_timestamp())
  returning epoch, checkpoint`;

/** Takes the process manager where nobody has it; undefined where somebody does. */
export async function takeLease(database: Database, name: string, owner: string): Promise<Lease | undefined> {
  await database.query('insert into process_managers (name) values ($1) on conflict (name) do nothing', [name]);
  const [lease] = await database.query<Lease>(TAKE, [name, owner, process.pid, hostname(), LEASE_SECONDS]);
  return lease;
}

const RENEW = `
  update process_managers set leased_until = clock_timestamp() + make_interval(secs => $3)
  where name = $1 and epoch = $2 returning 1`;

/** Rejects with `LeaseLostError` where another worker has taken it. */
export async function renewLease(database: Database, name: string, { epoch }: Lease): Promise<void> {
  const rows = await database.query(RENEW, [name, epoch, LEASE_SECONDS]);
  if (rows.length === 0) throw new LeaseLostError(`another worker runs ${name}`);
}

const MOVE = `
  update process_managers set checkpoint = $3, moved_at = clock_timestamp(), fault = null
  where name = $1 and epoch = $2 and checkpoint <= $3 returning 1`;

/** Moves the checkpoint, never back; rejects with `LeaseLostError` where the epoch is past. */
export async function moveCheckpoint(database: Database, name: string, lease: Lease, to: Position): Promise<void> {
  const rows = await database.query(MOVE, [name, lease.epoch, to]);
  if (rows.length === 0) throw new LeaseLostError(`another worker runs ${name}`);
}

/** Gives it back, so that the next need not wait for the lease to end. */
export async function releaseLease(database: Database, name: string, { epoch }: Lease): Promise<void> {
  const statement = 'update process_managers set owner = null, leased_until = null where name = $1 and epoch = $2';
  await database.query(statement, [name, epoch]);
}

/** Writes down what holds the process manager up, for people. */
export async function recordManagerFault(database: Database, name: string, message: string): Promise<void> {
  const fault = JSON.stringify({ message: message.slice(0, 1000), at: new Date().toISOString() });
  await database.query('update process_managers set fault = $2::text::jsonb where name = $1', [name, fault]);
}
