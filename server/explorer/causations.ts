import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

/** An event that caused or was caused, without what it says. */
export type RelatedEvent = {
  kind: 'event';
  globalPosition: Position;
  streamId: StreamId;
  streamVersion: number;
  eventType: string;
  occurredAt: string;
};

/** A command that caused events; `commandType` is null where no receipt is kept of it. */
export type RelatedCommand = { kind: 'command'; commandId: string; commandType: string | null };

/** What led to an event, and what it led to. */
export type Causation = {
  /** Nearest first: the command that made the event, the event which that command answers, and so on upwards. */
  causes: (RelatedCommand | RelatedEvent)[];
  /** Whether the chain upwards goes on past what is told. */
  causesTruncated: boolean;
  /** Other events that the same command made, in global order. */
  siblings: RelatedEvent[];
  /** Events that name this one as their cause, in global order. */
  effects: RelatedEvent[];
  /** At most so many siblings and so many effects are told; `truncated` where there are, or may be, more of either. */
  eventsMax: number;
  truncated: boolean;
};
