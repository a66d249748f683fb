import type { Json, JsonObject } from '#server/kernel/json.ts';
import { comparePositions } from '#server/kernel/position.ts';
import type { Difference, Provenance } from '#server/projections/inspection.ts';
import type { Replayed } from './replay.ts';
import type { Suspicions } from './suspicions.ts';

/** One event of a replay, with the row before it and after it. */
export type Step = {
  event: Pick<Replayed, 'globalPosition' | 'streamVersion' | 'eventType' | 'occurredAt' | 'aside'>;
  before: JsonObject | null;
  row: JsonObject | null;
};

type Found = {
  stored: JsonObject | null;
  steps: readonly Step[];
  differences: readonly Difference[];
  suspicions: Suspicions;
};

/**
 * The first event at which the stored row and the replay part, and the likeliest cause. A stored row that equals the
 * replay at an earlier event, or whose fields have the values from before an event, did not get that event; values that
 * no event ever made were written by hand, or by other code where its text has changed since.
 */
export function explainDifference(found: Found): Provenance['firstDifference'] {
  const step = gapOf(found.steps) ?? partingOf(found);
  if (step === undefined) return null;
  const { globalPosition, streamVersion, eventType } = step.event;
  return { globalPosition, streamVersion, eventType, ...causeOf(step, found) };
}

/** The first event before which a version of the stream is missing from the store. */
function gapOf(steps: readonly Step[]): Step | undefined {
  return steps.find(({ event }, index) => {
    const last = steps[index - 1]?.event.streamVersion;
    return last !== undefined && event.streamVersion > last + 1;
  });
}

function partingOf({ stored, steps, differences }: Found): Step | undefined {
  const same = steps.findLastIndex(({ row }) => equal(row, stored));
  if (stored !== null && same >= 0) return steps[same + 1] ?? steps[same];
  if (stored === null) return steps.find(({ row }) => row !== null) ?? steps.at(-1);
  const lastChanges = differences.map(({ field }) =>
    steps.findLastIndex(({ before, row }) => !equal(before?.[field] ?? null, row?.[field] ?? null)),
  );
  return steps[Math.max(0, Math.min(...lastChanges))];
}

type Cause = Pick<NonNullable<Provenance['firstDifference']>, 'cause' | 'explanation'>;

function causeOf(step: Step, { stored, steps, differences, suspicions }: Found): Cause {
  const { globalPosition, eventType } = step.event;
  const moved = suspicions.movedOver.find(
    (move) => comparePositions(globalPosition, move.from) > 0 && comparePositions(globalPosition, move.to) <= 0,
  );
  if (moved !== undefined) {
    return {
      cause: 'event_lost',
      explanation: `the checkpoint was moved over it by hand, from ${moved.from} to ${moved.to}, by role ${moved.role} at ${moved.at}`,
    };
  }
  if (gapOf(steps) === step) {
    return {
      cause: 'event_lost',
      explanation: `the version of the stream before ${eventType} is not in the store any more`,
    };
  }
  const { codeChangedAt } = suspicions;
  if (codeChangedAt !== null && comparePositions(globalPosition, codeChangedAt) <= 0) {
    return {
      cause: 'code_changed',
      explanation: `it was handled by an earlier text of the code, which changed at ${codeChangedAt} without a new version`,
    };
  }
  if (stored === null) {
    return { cause: 'deleted_by_hand', explanation: 'its events were handled, and the row is not there any more' };
  }
  const asBefore = differences.every(({ field, stored: value }) => equal(value, step.before?.[field] ?? null));
  if (asBefore && step.before !== null) {
    return {
      cause: 'event_lost',
      explanation: `the row is as it was before ${eventType}: what it changed is not there`,
    };
  }
  const fields = differences.map((one) => one.field).join(', ');
  return { cause: 'edited_by_hand', explanation: `no event ever made ${fields} what is stored` };
}

function equal(a: Json | JsonObject | null, b: Json | JsonObject | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
