import type { Database } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { CommandBus, CommandRun } from './command-bus.ts';
import type { Receipt } from './receipt.ts';

/** What a repetition must have in common with the first call. */
export type CommandBody = { commandType: string; streamId: string; data: JsonObject };

/** Keeps every command with its outcome, in the table `commands`. */
export type CommandLog = {
  /** The receipt of this id; rejects with `command-id-reused` where the body differs. */
  find(commandId: string, body: CommandBody): Promise<Receipt | undefined>;
  receiptOf(commandId: string): Promise<Receipt | undefined>;
  /** The first record of an id stays: false where there was one. */
  record(receipt: Receipt, body: CommandBody, durationMs: number): Promise<boolean>;
  /** Adds the steps that came after the record. */
  complete(receipt: Receipt, durationMs: number): Promise<void>;
  list: CommandBus['runs'];
};

const FIND = `
  select receipt, command_type = $2 and stream_id = $3 and data = $4::text::jsonb as same
  from commands where command_id = $1`;

const RECORD = `
  insert into commands (command_id, command_type, stream_id, data, actor, outcome, received_at, duration_ms, receipt)
  values ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9::text::jsonb)
  on conflict (command_id) do nothing returning 1`;

const LIST = `
  select command_id as "commandId", command_type as "commandType", stream_id as "streamId", actor, outcome,
         received_at as "receivedAt", duration_ms as "durationMs", (receipt->>'streamVersion')::int as "streamVersion",
         receipt->'rejection' as rejection
  from commands
  where ($1::text is null or command_type = $1) and ($2::text is null or outcome = $2)
    and ($3::uuid is null or (received_at, command_id) < (select received_at, command_id from commands where command_id = $3))
  order by received_at desc, command_id desc limit $4`;

export function createCommandLog(database: Database): CommandLog {
  return {
    async find(commandId, { commandType, streamId, data }) {
      const parameters = [commandId, commandType, streamId, JSON.stringify(data)];
      const [row] = await database.query<{ receipt: Receipt; same: boolean }>(FIND, parameters);
      if (row !== undefined && !row.same) throw idReused(commandId);
      return row?.receipt;
    },
    async receiptOf(commandId) {
      const statement = 'select receipt from commands where command_id = $1';
      const [row] = await database.query<{ receipt: Receipt }>(statement, [commandId]);
      return row?.receipt;
    },
    async record(receipt, { commandType, streamId, data }, durationMs) {
      const { commandId, actor, outcome, receivedAt } = receipt;
      const parameters = [
        commandId,
        commandType,
        streamId,
        JSON.stringify(data),
        actor,
        outcome,
        receivedAt,
        durationMs,
      ];
      const rows = await database.query(RECORD, [...parameters, JSON.stringify(receipt)]);
      return rows.length > 0;
    },
    async complete(receipt, durationMs) {
      const statement = 'update commands set receipt = $2::text::jsonb, duration_ms = $3 where command_id = $1';
      await database.query(statement, [receipt.commandId, JSON.stringify(receipt), durationMs]);
    },
    async list({ commandType, outcome, after, limit = 50 }) {
      const rows = await database.query<CommandRun>(LIST, [
        commandType ?? null,
        outcome ?? null,
        after ?? null,
        limit + 1,
      ]);
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
