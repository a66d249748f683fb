import type { EventMetadata } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { SinkKind } from '#server/kernel/projection.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** Steps in their order; `append` to `acknowledge` where accepted, `reject` where refused, `query_state` always last. */
export type ReceiptStep =
  | 'receive'
  | 'validate'
  | 'load_events'
  | 'replay'
  | 'decide'
  | 'append'
  | 'publish'
  | 'reject'
  | 'project'
  | 'acknowledge'
  | 'query_state';

export type ReceiptOutcome = 'accepted' | 'rejected' | 'nothing_to_do';

export type ReceiptEvent = {
  eventId: string;
  eventType: string;
  streamVersion: number;
  /** Null in a dry run. */
  globalPosition: Position | null;
  data: JsonObject;
};

export type ReceiptProjection = {
  name: string;
  sink: SinkKind;
  state: 'applied' | 'pending' | 'failed';
  /** The projection's checkpoint when the receipt was made. */
  position: Position;
  /** From the append to the acknowledgement; null while pending. */
  durationMs: number | null;
};

/** What became of a command: every step timed, each projection's acknowledgement, the state that results. */
export type Receipt = {
  commandId: string;
  commandType: string;
  outcome: ReceiptOutcome;
  /** True where the answer is that of an earlier call with the same command id. */
  repeated: boolean;
  /** True where nothing was written because the caller asked for a dry run. */
  dryRun: boolean;
  streamId: StreamId;
  /** Of the stream after the command; 0 where it has no event. */
  streamVersion: number;
  /** Of the last event appended; null where none was. */
  globalPosition: Position | null;
  events: ReceiptEvent[];
  state: JsonObject;
  steps: { step: ReceiptStep; durationMs: number }[];
  projections: ReceiptProjection[];
  /** How often another writer was faster and the command was decided anew. */
  conflictRetries: number;
  rejection?: { code: string; message: string; details?: JsonObject };
  receivedAt: string;
  actor: string;
};

export type CommandRequest = {
  commandType: string;
  streamId: string;
  data: unknown;
  /** Pins the version the command is decided on; a conflict is then answered, not retried. */
  expectedVersion?: number;
  /** A UUID; the idempotency key. Made where it is missing. */
  commandId?: string;
  /** Decides against the real state and writes nothing. */
  dryRun?: boolean;
  /** 0 to 30,000 (default 1000): how long to wait for the acknowledgements. */
  waitForMs?: number;
  actor: string;
  metadata?: EventMetadata;
  signal?: AbortSignal | undefined;
};

/** A command tried on the state at an earlier version. */
export type WhatIfRequest = {
  commandType: string;
  streamId: string;
  data: unknown;
  /** 0 is the state before the first event. */
  version: number;
  actor: string;
};

/** What today's decider answers to a command at an earlier version; nothing of it is written. */
export type WhatIf = {
  commandType: string;
  streamId: StreamId;
  version: number;
  /** Versions that the stream has by now. */
  lastVersion: number;
  outcome: ReceiptOutcome;
  events: { eventType: string; streamVersion: number; data: JsonObject }[];
  before: JsonObject;
  /** The state that would result. */
  state: JsonObject;
  rejection?: { code: string; message: string; details?: JsonObject };
};

/** A command type as the console and `GET /commands` show it. */
export type CommandTypeInfo = {
  commandType: string;
  category: string;
  title: string;
  description: string;
  /** JSON Schema (2020-12) of `data`. */
  schema: JsonObject;
  /** Whether it may open a new stream. */
  opensStream: boolean;
};
