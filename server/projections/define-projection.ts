import type { RecordedEvent } from '#server/kernel/event.ts';
import type { SinkKind } from '#server/kernel/projection.ts';

/**
 * Runs one statement in the transaction that also moves the checkpoint, so that a read model sees each event exactly
 * once. Parameters are positional (`$1`), as postgres.js takes them.
 */
export type Write = <Row extends object = Record<string, unknown>>(
  statement: string,
  parameters?: readonly unknown[],
) => Promise<Row[]>;

/** A projection: a name, a version, a sink and one function that takes a page of events to rows. */
export type Projection = {
  /** Kebab-case; the checkpoint is kept under it. */
  name: string;
  /** Raised when what `apply` makes changes. */
  version: number;
  sink: SinkKind;
  title: string;
  /** Only events of these categories; all where it is missing. */
  categories?: readonly string[];
  /** Whether a receipt waits for it. */
  acknowledges: boolean;
  /** Applies events in global order, one to 2,000 of them, by multi-row statements. Throwing rolls the page back. */
  apply(events: readonly RecordedEvent[], write: Write): Promise<void>;
};

/** Checks a projection at start-up, where a wrong one is cheap. */
export function defineProjection(projection: Projection): Projection {
  if (!/^[a-z][a-z0-9-]*$/.test(projection.name)) {
    throw new Error(`projection name "${projection.name}" must be kebab-case`);
  }
  if (!Number.isInteger(projection.version) || projection.version < 1) {
    throw new Error(`version of projection ${projection.name} must be a whole number from 1`);
  }
  return projection;
}
