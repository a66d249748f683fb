import type { Position } from '#server/kernel/position.ts';
import type { SinkKind } from '#server/kernel/projection.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** An event of a trace, without what it says. */
export type TraceEvent = {
  globalPosition: Position;
  streamId: StreamId;
  category: string;
  streamVersion: number;
  eventId: string;
  eventType: string;
  commandId: string | null;
  /** A command's id, or an event's; null where nothing is told. */
  causationId: string | null;
  actor: string | null;
  occurredAt: string;
  recordedAt: string;
};

/** A command of a trace with its steps, and how long each projection took from the append to its acknowledgement. */
export type TraceCommand = {
  commandId: string;
  commandType: string;
  streamId: StreamId;
  outcome: 'accepted' | 'rejected' | 'nothing_to_do';
  actor: string;
  receivedAt: string;
  durationMs: number;
  steps: { step: string; durationMs: number }[];
  /** As the receipt told it; null where it did not wait so long. */
  projections: { name: string; sink: SinkKind; state: string; durationMs: number | null }[];
};

/** All that belongs to one correlation, in the order of the store. */
export type Trace = {
  correlationId: string;
  events: TraceEvent[];
  commands: TraceCommand[];
  /** Where the projections stand now. */
  projections: { name: string; sink: SinkKind; checkpoint: Position; categories: string[] | null }[];
  /** Events that are told at most; `truncated` where there are more. */
  eventsMax: number;
  truncated: boolean;
};
