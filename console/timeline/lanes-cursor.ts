import type { LaneBar, LaneEvent, LanesModel } from './lanes-model.ts';
import type { TimeWindow } from './timeline-model.ts';

/** Where the keyboard stands: a lane, and an event or a bar of it. */
export type LanesCursor = { lane: number; index: number };

export type CursorKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

/** What the cursor steps over: the events of a lane, or its bars in the window where events are too many. */
export function stepsOf(model: LanesModel, lane: number, window: TimeWindow): readonly (LaneEvent | LaneBar)[] {
  const found = model.lanes[lane];
  if (found === undefined) return [];
  return model.hasEvents ? found.events : found.bars.filter((bar) => bar.to > window.from && bar.from < window.to);
}

/** The cursor after a key: along its lane one by one, to another lane at about the same time. */
export function moveCursor(
  model: LanesModel,
  window: TimeWindow,
  cursor: LanesCursor | null,
  key: CursorKey,
): LanesCursor | null {
  if (model.lanes.length === 0) return null;
  if (cursor === null) return { lane: 0, index: 0 };
  const steps = stepsOf(model, cursor.lane, window);
  const last = Math.max(0, steps.length - 1);
  switch (key) {
    case 'ArrowLeft':
      return { ...cursor, index: Math.max(0, Math.min(cursor.index, last) - 1) };
    case 'ArrowRight':
      return { ...cursor, index: Math.min(last, cursor.index + 1) };
    case 'Home':
      return { ...cursor, index: 0 };
    case 'End':
      return { ...cursor, index: last };
    default: {
      const lane = Math.min(Math.max(cursor.lane + (key === 'ArrowUp' ? -1 : 1), 0), model.lanes.length - 1);
      const at = steps[Math.min(cursor.index, last)];
      return { lane, index: nearest(stepsOf(model, lane, window), at === undefined ? 0 : timeOf(at)) };
    }
  }
}

/** When a step is. */
export function timeOf(step: LaneEvent | LaneBar): number {
  return 'at' in step ? step.at : step.from;
}

/** What a screen reader hears of it. */
export function describeStep(
  model: LanesModel,
  window: TimeWindow,
  cursor: LanesCursor,
  formatInstant: (at: number) => string,
): string {
  const lane = model.lanes[cursor.lane];
  const steps = stepsOf(model, cursor.lane, window);
  const step = steps[cursor.index];
  if (lane === undefined) return '';
  const place = `${lane.label}, lane ${cursor.lane + 1} of ${model.lanes.length}`;
  if (step === undefined) return `${place}: no event in sight`;
  const nth = `${cursor.index + 1} of ${steps.length}`;
  if ('at' in step) {
    const failed = step.parked ? ', parked' : '';
    return `${step.eventType}${failed}, ${step.streamId} version ${step.streamVersion}, ${formatInstant(step.at)}. ${nth} in ${place}`;
  }
  const events = step.count === 1 ? '1 event' : `${step.count.toLocaleString('en-US')} events`;
  return `${events} from ${formatInstant(step.from)} to ${formatInstant(step.to)}. Bar ${nth} in ${place}`;
}

function nearest(steps: readonly (LaneEvent | LaneBar)[], at: number): number {
  let best = 0;
  for (const [index, step] of steps.entries()) {
    if (Math.abs(timeOf(step) - at) < Math.abs(timeOf(steps[best] ?? step) - at)) best = index;
  }
  return best;
}
