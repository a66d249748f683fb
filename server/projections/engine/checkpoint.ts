import type { Database, Query } from '#db/database.ts';
import { channels } from '#db/database.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';

/** Another engine moved the checkpoint since this one read it. */
export class CheckpointMovedError extends Error {}

export type Fault = { message: string; position: Position; since: string; attempts: number };

/** Makes a row for each projection that has none, so that receipts know whom to wait for from the first command on. */
export async function registerProjections(database: Database, projections: readonly Projection[]): Promise<void> {
  for (const { name, version, sink, title, categories, acknowledges } of projections) {
    await database.query(
      `insert into checkpoints (name, version, sink, title, categories, acknowledges) values ($1, $2, $3, $4, $5, $6)
       on conflict (name) do update
         set sink = excluded.sink, title = excluded.title, categories = excluded.categories,
             acknowledges = excluded.acknowledges`,
      [name, version, sink, title, categories ?? null, acknowledges],
    );
  }
}

export async function readCheckpoint(database: Database, name: string): Promise<Position> {
  const [row] = await database.query<{ checkpoint: Position }>('select checkpoint from checkpoints where name = $1', [
    name,
  ]);
  if (row === undefined) throw new Error(`projection ${name} is not registered`);
  return row.checkpoint;
}

/** Takes the checkpoint's row for this transaction; rejects where it is not at `from` any more. */
export async function holdCheckpoint(query: Query, name: string, from: Position): Promise<void> {
  const statement = 'select 1 from checkpoints where name = $1 and checkpoint = $2 for update';
  const rows = await query(statement, [name, from]);
  if (rows.length === 0) throw new CheckpointMovedError(`checkpoint of ${name} is not at ${from} any more`);
}

const MOVE = `
  update checkpoints
  set checkpoint = $2, applied_events = applied_events + $3, fault = null, moved_at = clock_timestamp(),
      update_ms = case
        when $4::timestamptz is null or $4 < clock_timestamp() - interval '1 minute' then update_ms
        else coalesce(0.8 * update_ms, 0) + case when update_ms is null then 1 else 0.2 end
             * extract(epoch from clock_timestamp() - $4) * 1000
      end
  where name = $1`;

export type Move = { to: Position; events: number; lastRecordedAt: string | undefined };

/** Moves a checkpoint that this transaction holds, last of all, so that the time it takes to apply is counted. */
export async function moveCheckpoint(query: Query, name: string, { to, events, lastRecordedAt }: Move): Promise<void> {
  await query(MOVE, [name, to, events, lastRecordedAt ?? null]);
}

/** Tells whoever waits for acknowledgements; sent by Postgres when the transaction commits. */
export async function announceCheckpoint(query: Query, schema: string): Promise<void> {
  await query('select pg_notify($1, $2)', [channels(schema).checkpoints, '']);
}

/** Writes down what a projection fails at, for everyone to see; its checkpoint stays. */
export async function recordFault(database: Database, name: string, fault: Fault): Promise<void> {
  await database.transaction(async (query) => {
    // Another engine may have got past the event in the meantime.
    const statement = 'update checkpoints set fault = $2::text::jsonb where name = $1 and checkpoint < $3';
    await query(statement, [name, JSON.stringify(fault), fault.position]);
    await announceCheckpoint(query, database.schema);
  });
}
