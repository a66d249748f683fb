import type { Database } from '#db/database.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';

export type Timer = { streamId: string; name: string };

/** Starts a time of `seconds` from the record of `event`; the same one twice is one. */
export async function startTimer(
  database: Database,
  manager: string,
  { streamId, recordedAt }: Pick<RecordedEvent, 'streamId' | 'recordedAt'>,
  { name, seconds }: { name: string; seconds: number },
): Promise<void> {
  await database.query(
    `insert into process_timers (stream_id, name, manager, due_at)
     values ($1, $2, $3, $4::timestamptz + make_interval(secs => $5)) on conflict (stream_id, name) do nothing`,
    [streamId, name, manager, recordedAt, seconds],
  );
}

/** Those whose time is over, by the clock of the database, at most 100. */
export function dueTimers(database: Database, manager: string): Promise<Timer[]> {
  return database.query<Timer>(
    `select stream_id as "streamId", name from process_timers
     where manager = $1 and due_at <= clock_timestamp() order by due_at limit 100`,
    [manager],
  );
}

/** Sets a timer that failed to a later time. */
export async function postponeTimer(database: Database, { streamId, name }: Timer, seconds: number): Promise<void> {
  await database.query(
    `update process_timers set due_at = clock_timestamp() + make_interval(secs => $3)
     where stream_id = $1 and name = $2`,
    [streamId, name, seconds],
  );
}

/** Ends those of a process that has ended. */
export async function endTimers(database: Database, streamId: string, except: readonly string[]): Promise<void> {
  const statement = 'delete from process_timers where stream_id = $1 and name <> all($2::text[])';
  await database.query(statement, [streamId, except]);
}

export async function endTimer(database: Database, { streamId, name }: Timer): Promise<void> {
  await database.query('delete from process_timers where stream_id = $1 and name = $2', [streamId, name]);
}
