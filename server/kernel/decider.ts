import type { RecordedEvent } from './event.ts';
import type { JsonObject } from './json.ts';

/** What a decider makes; the command bus adds ids, causation and times. */
export type DecidedEvent<Type extends string = string, Data = JsonObject> = { eventType: Type; data: Data };

/** A command as a decider sees it: time, ids and actor are values in it, so that deciding stays pure. */
export type DecidableCommand<Type extends string = string, Data = unknown> = {
  commandType: Type;
  /** The stream it is for, such as `order-7f3`. */
  streamId: string;
  data: Data;
  /** ISO 8601, set by the bus on arrival. */
  receivedAt: string;
  actor: string;
};

/** A refusal is an answer, not an error: `code` is kebab-case and stable, `message` is for people. */
export type Refusal = { refused: { code: string; message: string; details?: JsonObject } };

/** Refuses by a rule. */
export function refuse(code: string, message: string): Refusal {
  return { refused: { code, message } };
}

/** The events to append; none where nothing is left to do; or a refusal. */
export type Decision<Event extends DecidedEvent = DecidedEvent> = readonly Event[] | Refusal;

/**
 * One aggregate's rules, pure: no I/O, no clock, no randomness. After Jérémie Chassaing's Decider
 * (https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider).
 */
export type Decider<
  State = JsonObject,
  Command extends DecidableCommand = DecidableCommand,
  Event extends DecidedEvent = DecidedEvent,
> = {
  category: string;
  /** Raised whenever `evolve` or the state's shape changes, so that snapshots made by an older one are ignored. */
  version: number;
  initialState: State;
  snapshots?: SnapshotPolicy;
  evolve(state: State, event: Event): State;
  decide(command: Command, state: State): Decision<Event>;
};

/** Whether a decision is a refusal. */
export function isRefusal(decision: Decision): decision is Refusal {
  return 'refused' in decision;
}

/** When states of a category are kept, so that later folds begin from them. */
export type SnapshotPolicy = {
  /** A state is kept every so many events (default 128). */
  everyEvents?: number;
  /** A state is kept too where loading it took longer, in milliseconds (default 20). */
  loadMs?: number;
};

/** How the state of a category is made from its events: by a decider's `evolve`, or by merging `data`. */
export type Folder = {
  /** With `version` it names what made a snapshot; another name or version makes its own. */
  name: string;
  version: number;
  initialState: JsonObject;
  snapshots?: SnapshotPolicy;
  evolve(state: JsonObject, event: Pick<RecordedEvent, 'eventType' | 'data'>): JsonObject;
};

/** The commands of an aggregate, told apart by `commandType`, of what the data of each type is. */
export type CommandOf<Data> = {
  [Type in keyof Data]: {
    commandType: Type;
    streamId: string;
    data: Data[Type];
    /** ISO 8601. */
    receivedAt: string;
    actor: string;
  };
}[keyof Data];
