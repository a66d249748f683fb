import type { Alert } from '#server/alerts/alerts.ts';
import type { MarkHolder } from '#server/kernel/projection.ts';
import type { ParkedGroup } from '#server/projections/operations.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

/** An append is open for some milliseconds; one of seconds holds every reader, and somebody must see why. */
export const HELD_SECONDS = 2;

/** What a trouble lets one do. `holder` opens what is known of the Postgres process. */
export type TroubleAction =
  | { kind: 'link'; label: string; href: string }
  | { kind: 'copy'; label: string; text: string }
  | { kind: 'holder'; label: string; holder: MarkHolder };

export type Trouble = {
  id: string;
  tone: 'warn' | 'bad';
  /** A sentence with the name in it. */
  title: string;
  /** One clause, on the same line. */
  clause: string;
  /** Why, as far as it is known. */
  cause: string;
  /** A time that the cause ends with, to be written in the person's zone. */
  since: string | null;
  /** The first is the primary one. */
  actions: TroubleAction[];
};

/** How many events are recorded but not yet delivered. */
export function aboveMark(pulse: Pulse): number {
  return Math.max(0, Number(pulse.projections.head) - Number(pulse.projections.highWaterMark));
}

/** Whatever has held the mark for long enough to matter; null where nothing has. */
export function markHolder(pulse: Pulse): MarkHolder | null {
  const { heldBy } = pulse.projections;
  return heldBy !== null && heldBy.openSeconds >= HELD_SECONDS ? heldBy : null;
}

/** What is known beside the pulse: groups of parked events, and alerts that are open. */
export type TroubleDetails = { groups?: readonly ParkedGroup[]; alerts?: readonly Alert[] };
