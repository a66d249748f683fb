import { channels, type Database } from '#db/database.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Held } from './checkpoint.ts';

const RECORD = `
  with noted as (
    update projection_versions set fault = jsonb_build_object(
      'message', $4::text, 'position', $5::text,
      'since', case when fault->>'position' = $5 then fault->>'since'
        else to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end,
      'attempts', case when fault->>'position' = $5 then (fault->>'attempts')::int + 1 else 1 end)
    where name = $1 and version = $2 and epoch = $3 returning 1
  )
  select pg_notify($6, '') from noted`;

/** Writes down what a version fails at, for everyone to see; its checkpoint stays. The next move takes it away. */
export async function recordFault(
  database: Database,
  { name, version, epoch }: Held,
  fault: { message: string; position: Position },
): Promise<void> {
  await database.query(RECORD, [
    name,
    version,
    epoch,
    fault.message.slice(0, 1000),
    fault.position,
    channels(database.schema).checkpoints,
  ]);
}
