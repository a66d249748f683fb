import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import { isRedacted } from '#server/kernel/private-fields.ts';
import type { FailurePolicy, SinkKind } from '#server/kernel/projection.ts';

/**
 * Runs one statement in the transaction that also moves the checkpoint, so that a read model sees each event exactly
 * once. Parameters are positional (`$1`), as postgres.js takes them. Unqualified names are those of the version's own
 * tables, then those of the store.
 */
export type Write = <Row extends object = Record<string, unknown>>(
  statement: string,
  parameters?: readonly unknown[],
) => Promise<Row[]>;

/** In what part the events are applied. */
export type ApplyContext = {
  /** The version whose rows are written. */
  version: number;
  /**
   * Whether what leaves the read model (commands, messages) may be done. False while a version is built beside the
   * serving one and in every replay: what the serving version did is not done again.
   */
  effects: boolean;
};

/** A projection: a name, a version, a sink and one function that takes a page of events to rows. */
export type Projection = {
  /** Kebab-case, at most 23 characters: it is part of the name of a schema. */
  name: string;
  /** Of the code: raised when what `apply` makes changes. A worker that finds a higher one builds a version with it. */
  version: number;
  sink: SinkKind;
  title: string;
  /** Only events of these categories; all where it is missing. */
  categories?: readonly string[];
  /** Whether a receipt waits for it. */
  acknowledges: boolean;
  /**
   * `park` sets a failing event and the later ones of its stream aside, so streams must not depend on one another's
   * order; `stop` (default) holds everything before it.
   */
  onFailure?: FailurePolicy;
  /** Statements that make its tables, with unqualified names: run once for each version, in a schema of its own. */
  tables?: readonly string[];
  /** Statements that make its indexes; of a version that is built they are made last, which is several times faster. */
  indexes?: readonly string[];
  /**
   * Where its rows are and which stream made each: what completeness, provenance and the rows page stand on. `linkedBy`:
   * the key is a stream, and other streams whose data name it in one of these fields make the row too.
   */
  rows?:
    | { table: string; key: string; keyIs: 'streamId' }
    | { table: string; key: string; linkedBy?: readonly string[] };
  /** False where rows have nothing of what events say, such as counts: a redaction changes none of them. */
  payloads?: false;
  /** Whether `apply` does more than write rows. A version that is built then never passes the serving one. */
  effects?: boolean;
  /** Address of the module (`import.meta.url`): a change of its text without a new version is noted and told. */
  code?: string;
  /**
   * Applies events in global order (within a stream always; across streams but for those that were parked), one to
   * 10,000 of them, by multi-row statements. Throwing rolls back what it wrote.
   */
  apply(events: readonly RecordedEvent[], write: Write, context: ApplyContext): Promise<void>;
};

const failedAt = new WeakMap<object, Position>();

/**
 * Calls `handle` for each event. Where it throws, the engine knows at which event, and need not look for it by applying
 * halves of the page: worth it where a page folds its events before it writes.
 */
export function forEachEvent(events: readonly RecordedEvent[], handle: (event: RecordedEvent) => void): void {
  for (const event of events) {
    try {
      handle(event);
    } catch (error) {
      if (typeof error === 'object' && error !== null) failedAt.set(error, event.globalPosition);
      throw error;
    }
  }
}

/** The event at which `forEachEvent` threw this error; undefined where it did not. */
export function positionOfFailure(error: unknown): Position | undefined {
  return typeof error === 'object' && error !== null ? failedAt.get(error) : undefined;
}

/** Events as a projection gets them: one that was redacted says nothing, and is counted in its place. */
export function readableToProjections(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  if (!events.some(({ data }) => isRedacted(data))) return events;
  return events.map((event) => (isRedacted(event.data) ? { ...event, data: {} } : event));
}

/** Checks a projection at start-up, where a wrong one is cheap. */
export function defineProjection(projection: Projection): Projection {
  if (!/^[a-z][a-z0-9-]{0,22}$/.test(projection.name)) {
    throw new Error(`projection name "${projection.name}" must be kebab-case, at most 23 characters`);
  }
  if (!Number.isInteger(projection.version) || projection.version < 1) {
    throw new Error(`version of projection ${projection.name} must be a whole number from 1`);
  }
  return projection;
}
