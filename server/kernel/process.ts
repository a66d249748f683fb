import type { DecidableCommand, DecidedEvent, Decider } from './decider.ts';
import type { RecordedEvent } from './event.ts';
import type { JsonObject } from './json.ts';

/** A command that a process wants sent. `step` names it within the process: the command's id is made of it. */
export type WantedCommand = { step: string; commandType: string; streamId: string; data: JsonObject };

/** How a command that a process sent was answered. */
export type StepAnswer = {
  step: string;
  outcome: 'accepted' | 'nothing_to_do' | 'rejected';
  /** Of the refusal. */
  code: string | null;
  message: string | null;
};

/** What a process learns: of an event elsewhere, of an answer to its command, or that a time has passed. */
export type ProcessInput =
  | { kind: 'event'; streamId: string; eventType: string; data: JsonObject }
  | { kind: 'answer'; answer: StepAnswer }
  | { kind: 'timeout'; name: string };

/**
 * A process manager, pure: a decider over the stream of one process that takes, beside its own commands, what happens
 * elsewhere, and says which command it wants sent next.
 */
export type ProcessManager<State = JsonObject, Event extends DecidedEvent = DecidedEvent> = {
  /** Kebab-case; its checkpoint and lease are kept under it. */
  name: string;
  decider: Decider<State, DecidableCommand, Event>;
  /** The event that begins a process; acted on only where a command of this store made it. */
  startedBy: Event['eventType'];
  /** Categories of events that it reacts to. */
  reactsTo: readonly string[];
  /** The process that an event concerns, were there one; undefined where the event says nothing to any. */
  processOf(event: RecordedEvent): string | undefined;
  /** Streams whose past a process must know when it begins. */
  pastOf(processStreamId: string): readonly string[];
  /** What an input adds to the process; nothing where it is known already. */
  learn(input: ProcessInput, state: State): readonly Event[];
  /** The command to send next, undefined where it waits or has ended. The same state wants the same. */
  wants(state: State): WantedCommand | undefined;
  /** Whether it waits for nothing more: its times are then not needed. What happens elsewhere may still set it going. */
  hasEnded(state: State): boolean;
  /** The time that begins with an event, with the state after it. */
  deadlineAfter(event: Pick<RecordedEvent, 'eventType'>, state: State): { name: string; seconds: number } | undefined;
};
