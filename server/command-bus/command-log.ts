import type { Database } from '#db/database.ts';
import { createBatches } from '#server/kernel/batches.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import type { CommandBus, CommandRun, RunsQuery } from './command-bus.ts';
import { eventIdOf } from './event-id.ts';
import type { Receipt } from './receipt.ts';

/** What a repetition must have in common with the first call. */
export type CommandBody = { commandType: string; streamId: string; data: JsonObject };

/** What stands of an earlier call with the same id: its record, or its first event where it died before the record. */
export type Earlier = { receipt: Receipt | null; firstEvent: { streamId: StreamId; streamVersion: number } | null };

/** Keeps every command with its outcome, in the table `commands`. Calls that come at once share their statements. */
export type CommandLog = {
  /** Undefined where the id is new; rejects with `command-id-reused` where the body differs. */
  find(commandId: string, body: CommandBody): Promise<Earlier | undefined>;
  receiptOf(commandId: string): Promise<Receipt | undefined>;
  /**
   * The first record of an id stays, but an acceptance replaces a refusal. False where nothing was written, because a
   * record stood, or because events of a command that did not come to any here stand already.
   */
  record(receipt: Receipt, body: CommandBody, durationMs: number): Promise<boolean>;
  /** Adds the steps that came after the record. */
  complete(receipt: Receipt, durationMs: number): Promise<void>;
  list: CommandBus['runs'];
};

// Each in a subquery of its own with a limit: a join would be planned for a table that was small then.
const FIND = `
  select k.command_id as "commandId", c.receipt,
    case when c.command_id is null then null else c.command_type = k.command_type and c.stream_id = k.stream_id and c.data = k.data::jsonb end as same,
    e.stream_id as "streamId", e.stream_version::float8 as "streamVersion"
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as k (command_id, first_event_id, command_type, stream_id, data)
    left join lateral (select * from commands c where c.command_id = k.command_id limit 1) c on true
    left join lateral (select e.stream_id, e.stream_version from events e where e.event_id = k.first_event_id limit 1) e on true`;

const RECORD = `
  insert into commands as c (command_id, command_type, stream_id, data, actor, outcome, received_at, duration_ms, receipt, global_position, conflict_retries)
  select k.command_id, k.command_type, k.stream_id, k.data::jsonb, k.actor, k.outcome, k.received_at, k.duration_ms, k.receipt::jsonb,
    k.global_position, k.conflict_retries
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::float8[], $9::text[], $10::uuid[], $11::bigint[], $12::int[])
    as k (command_id, command_type, stream_id, data, actor, outcome, received_at, duration_ms, receipt, first_event_id, global_position, conflict_retries)
  where k.outcome = 'accepted' or (select e.event_id from events e where e.event_id = k.first_event_id limit 1) is null
  on conflict (command_id) do update set outcome = excluded.outcome, duration_ms = excluded.duration_ms, receipt = excluded.receipt,
      global_position = excluded.global_position, conflict_retries = excluded.conflict_retries
    where c.outcome <> 'accepted' and excluded.outcome = 'accepted'
  returning command_id as "commandId"`;

const COMPLETE = `
  update commands c set receipt = k.receipt::jsonb, duration_ms = k.duration_ms
  from unnest($1::uuid[], $2::text[], $3::float8[]) as k (command_id, receipt, duration_ms)
  where c.command_id = any (array[k.command_id])`;

/** A statement for each choice of filters, because one for all would be planned for none of them. */
function listStatement({ commandType, outcome, actor, after, limit }: RunsQuery & { limit: number }) {
  const parameters: unknown[] = [];
  const place = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['true'];
  if (commandType !== undefined) conditions.push(`command_type = ${place(commandType)}`);
  if (actor !== undefined) conditions.push(`actor = ${place(actor)}`);
  if (outcome !== undefined) conditions.push(`outcome = ${place(outcome)}`);
  // As the index of those has it.
  if (outcome !== undefined && outcome !== 'accepted') conditions.push(`outcome <> 'accepted'`);
  if (after !== undefined) {
    const last = `select received_at, command_id from commands where command_id = ${place(after)}`;
    conditions.push(`(received_at, command_id) < (${last})`);
  }
  const statement = `
    select command_id as "commandId", command_type as "commandType", stream_id as "streamId", actor, outcome,
           received_at as "receivedAt", duration_ms as "durationMs", (receipt->>'streamVersion')::int as "streamVersion",
           receipt->'rejection' as rejection
    from commands
    where ${conditions.join(' and ')}
    order by received_at desc, command_id desc limit ${place(limit)}`;
  return { statement, parameters };
}

type FoundRow = {
  commandId: string;
  receipt: Receipt | null;
  same: boolean | null;
  streamId: StreamId | null;
  streamVersion: number | null;
};
type Asked = { commandId: string; body: CommandBody };
type Kept = { receipt: Receipt; body: CommandBody; durationMs: number };

export function createCommandLog(database: Database): CommandLog {
  const find = createBatches<Asked, FoundRow | undefined>(async (asked) => {
    const rows = await database.query<FoundRow>(FIND, [
      asked.map(({ commandId }) => commandId),
      asked.map(({ commandId }) => eventIdOf(commandId, 0)),
      asked.map(({ body }) => body.commandType),
      asked.map(({ body }) => body.streamId),
      asked.map(({ body }) => JSON.stringify(body.data)),
    ]);
    const byId = new Map(rows.map((row) => [row.commandId, row]));
    return asked.map(({ commandId }) => byId.get(commandId));
  });

  const record = createBatches<Kept, boolean>(async (kept) => {
    const rows = await database.query<{ commandId: string }>(RECORD, [
      kept.map(({ receipt }) => receipt.commandId),
      kept.map(({ body }) => body.commandType),
      kept.map(({ body }) => body.streamId),
      kept.map(({ body }) => JSON.stringify(body.data)),
      kept.map(({ receipt }) => receipt.actor),
      kept.map(({ receipt }) => receipt.outcome),
      kept.map(({ receipt }) => receipt.receivedAt),
      kept.map(({ durationMs }) => durationMs),
      kept.map(({ receipt }) => JSON.stringify(receipt)),
      kept.map(({ receipt }) => eventIdOf(receipt.commandId, 0)),
      kept.map(({ receipt }) => receipt.globalPosition),
      kept.map(({ receipt }) => receipt.conflictRetries),
    ]);
    const written = new Set(rows.map(({ commandId }) => commandId));
    return kept.map(({ receipt }) => written.has(receipt.commandId));
  });

  const complete = createBatches<Omit<Kept, 'body'>, void>(async (kept) => {
    await database.query(COMPLETE, [
      kept.map(({ receipt }) => receipt.commandId),
      kept.map(({ receipt }) => JSON.stringify(receipt)),
      kept.map(({ durationMs }) => durationMs),
    ]);
    return kept.map(() => undefined);
  });

  return {
    async find(commandId, body) {
      const row = await find({ commandId, body });
      if (row === undefined) return undefined;
      const { receipt, same, streamId, streamVersion } = row;
      const ofAnother = same === false || (same === null && streamId !== null && streamId !== body.streamId);
      if (ofAnother) throw idReused(commandId);
      const firstEvent = streamId === null || streamVersion === null ? null : { streamId, streamVersion };
      return receipt === null && firstEvent === null ? undefined : { receipt, firstEvent };
    },
    async receiptOf(commandId) {
      const statement = 'select receipt from commands where command_id = $1';
      const [row] = await database.query<{ receipt: Receipt }>(statement, [commandId]);
      return row?.receipt;
    },
    record: (receipt, body, durationMs) => record({ receipt, body, durationMs }),
    complete: (receipt, durationMs) => complete({ receipt, durationMs }),
    async list({ limit = 50, ...query }) {
      const { statement, parameters } = listStatement({ ...query, limit: limit + 1 });
      const rows = await database.query<CommandRun>(statement, parameters);
      const runs = rows.slice(0, limit).map(({ rejection, ...run }) => (rejection ? { ...run, rejection } : run));
      return { runs, nextAfter: rows.length > limit ? (runs.at(-1)?.commandId ?? null) : null };
    },
  };
}

/** Refuses a command id that stands for another command. */
export function idReused(commandId: string): TidemarkError {
  return new TidemarkError('command-id-reused', `the command id ${commandId} was used before with another body`, {
    field: 'commandId',
  });
}
