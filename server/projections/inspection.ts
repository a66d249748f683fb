import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { MarkHolder } from '#server/kernel/projection.ts';

/** Positions by what became of them; they add up to the checkpoint. */
export type Account = {
  handled: number;
  filtered: number;
  /** Positions that a rolled-back append took: nothing was ever there. */
  dead: number;
  parked: number;
  skipped: number;
  /** Events under the checkpoint that were passed without being handled. */
  missing: number;
  /** Events that were handled more than once. */
  repeated: number;
};

export type Finding = {
  kind: 'checkpoint_moved' | 'events_missing' | 'events_repeated' | 'rows_missing' | 'rows_unknown' | 'code_changed';
  /** In a sentence. */
  message: string;
  from: Position | null;
  to: Position | null;
  /** Examples: positions or row keys, at most 20. */
  examples: string[];
  count: number;
};

export type Completeness = {
  name: string;
  version: number;
  checkpoint: Position;
  highWaterMark: Position;
  head: Position;
  /** Of the positions up to `countedTo`: they add up to it. */
  account: Account;
  /** How far the store is counted: the checkpoint, but in the first minute after millions of events came at once. */
  countedTo: Position;
  /** Keys looked through by this call; where `nextAfter` is not null, pass it as `rowsAfter` to go on. */
  rows: { looked: number; nextAfter: string | null };
  /** Whether every position is accounted for, and every row that was looked at is there; false until all were. */
  complete: boolean;
  findings: Finding[];
  skips: { globalPosition: Position; streamId: string; actor: string; reason: string; at: string }[];
  /** Positions between the mark and the head, not dead yet: an open append may still bring them. */
  held: { positions: number; heldBy: MarkHolder | null };
  checkedMs: number;
};

export type Difference = { field: string; stored: Json; replayed: Json };

export type Provenance = {
  name: string;
  version: number;
  key: string;
  streamId: string;
  /** The row as it is stored; null where there is none. */
  stored: JsonObject | null;
  /** The row that a fresh replay of the stream makes up to the checkpoint; null where it makes none. */
  replayed: JsonObject | null;
  equal: boolean;
  differences: Difference[];
  /** The events that made the row, in order, each with the fields that it changed. */
  events: {
    globalPosition: Position;
    streamVersion: number;
    eventType: string;
    occurredAt: string;
    changed: string[];
    parked: boolean;
  }[];
  /** More events than are listed. */
  truncated: boolean;
  firstDifference: {
    globalPosition: Position;
    streamVersion: number;
    eventType: string;
    cause: 'edited_by_hand' | 'deleted_by_hand' | 'event_lost' | 'code_changed';
    explanation: string;
  } | null;
};

/** What a replay of the streams of some rows found. */
export type RowsCheck = {
  name: string;
  version: number;
  checked: number;
  /** Keys of rows that a replay makes otherwise, does not make, or that are not there. */
  different: string[];
  nextAfter: string | null;
};

/** Rows of a version as they stand in its table, by key. */
export type RowsPage = {
  name: string;
  version: number;
  table: string;
  key: string;
  columns: string[];
  rows: JsonObject[];
  nextAfter: string | null;
  position: Position;
};

/** A read model as of a moment, built in a schema of its own by the same handlers, and dropped when it expires. */
export type AsOf = {
  name: string;
  /** Pass as `version` to see its rows. */
  version: number;
  position: Position;
  /** Only what had occurred by then; null where a position was asked for. */
  at: string | null;
  state: 'building' | 'ready' | 'failed';
  eventsDone: number;
  eventsTotal: number;
  failure: string | null;
  requestedBy: string;
  expiresAt: string;
};

/** What the console asks about what a projection made. `server/runtime.ts` puts it together. */
export type Inspection = {
  /** One call goes through rows for a second; `rowsAfter` goes on where the one before ended. */
  completeness(query: {
    name: string;
    version?: number | undefined;
    rowsAfter?: string | undefined;
  }): Promise<Completeness>;
  provenance(query: { name: string; version?: number | undefined; key: string }): Promise<Provenance>;
  /** Replays the streams of up to 1,000 rows, by key, and compares: finds what was edited without knowing where. */
  checkRows(query: {
    name: string;
    version?: number | undefined;
    prefix?: string | undefined;
    after?: string | undefined;
    limit?: number | undefined;
  }): Promise<RowsCheck>;
  /** By key; those that begin with `prefix` alone where one is given, the key that is it first. */
  rows(query: {
    name: string;
    version?: number | undefined;
    prefix?: string | undefined;
    after?: string | undefined;
    limit?: number | undefined;
  }): Promise<RowsPage>;

  openAsOf(request: {
    name: string;
    position?: Position | undefined;
    at?: string | undefined;
    actor: string;
  }): Promise<AsOf>;
  listAsOf(query: { name?: string | undefined }): Promise<{ asOf: AsOf[] }>;
  closeAsOf(request: { name: string; version: number; actor: string }): Promise<{ closed: boolean }>;
};
