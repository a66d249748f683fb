import type { Database } from '#db/database.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';

/** Looks again this often for a command's record, which follows its events by milliseconds. */
const LOOKS = 5;
const LOOK_MS = 40;

const STARTED = `
  insert into processes (stream_id, manager, command_id)
  select stream_id, $3, command_id from commands
  where command_id = $1 and stream_id = $2 and outcome = 'accepted'
  on conflict (stream_id) do update set manager = excluded.manager
  returning 1`;

/**
 * Registers the process where a command of this store made its first event; false for imported events and those
 * appended by hand, whose command is not on record.
 */
export async function registerStarted(
  database: Database,
  manager: string,
  { streamId, metadata }: Pick<RecordedEvent, 'streamId' | 'metadata'>,
): Promise<boolean> {
  const { commandId } = metadata;
  if (commandId === undefined || !/^[0-9a-f-]{36}$/.test(commandId)) return false;
  for (let look = 0; look < LOOKS; look += 1) {
    const rows = await database.query(STARTED, [commandId, streamId, manager]);
    if (rows.length > 0) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}

/** Those of `streamIds` that are processes of this store. */
export async function registeredAmong(database: Database, streamIds: readonly string[]): Promise<Set<string>> {
  if (streamIds.length === 0) return new Set();
  const statement = 'select stream_id as "streamId" from processes where stream_id = any ($1)';
  const rows = await database.query<{ streamId: string }>(statement, [streamIds]);
  return new Set(rows.map((row) => row.streamId));
}

/** Writes down what a process fails at, or that it goes on (null). */
export async function recordProcessFault(database: Database, streamId: string, message: string | null): Promise<void> {
  const fault = message === null ? null : JSON.stringify({ message: message.slice(0, 1000) });
  const statement =
    'update processes set fault = $2::text::jsonb where stream_id = $1 and fault is distinct from $2::text::jsonb';
  await database.query(statement, [streamId, fault]);
}
