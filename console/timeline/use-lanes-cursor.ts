import { type KeyboardEvent, useState } from 'react';
import { type CursorKey, describeStep, type LanesCursor, moveCursor, stepsOf, timeOf } from './lanes-cursor.ts';
import type { LaneBar, LaneEvent, LanesModel } from './lanes-model.ts';
import type { TimeWindow } from './timeline-model.ts';

type Options = {
  model: LanesModel | undefined;
  window: TimeWindow;
  formatInstant(at: number): string;
  onOpen(step: LaneEvent | LaneBar): void;
  /** About the cursor; where there is none, the key is the page's. */
  onZoom(factor: number, at: number): void;
};

const KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** The keyboard's cursor over the lanes: arrows move it, Enter opens what it is on, + and − zoom about it. */
export function useLanesCursor({ model, window, formatInstant, onOpen, onZoom }: Options) {
  const [cursor, setCursor] = useState<LanesCursor | null>(null);
  const steps = model === undefined || cursor === null ? [] : stepsOf(model, cursor.lane, window);
  const step = cursor === null ? undefined : steps[cursor.index];

  const onKeyDown = (event: KeyboardEvent) => {
    if (model === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (KEYS.has(event.key)) setCursor(moveCursor(model, window, cursor, event.key as CursorKey));
    else if (event.key === 'Enter' && step !== undefined) onOpen(step);
    else if ((event.key === '+' || event.key === '-') && step !== undefined) {
      onZoom(event.key === '+' ? 0.5 : 2, timeOf(step));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    cursor,
    step,
    onKeyDown,
    onBlur: () => setCursor(null),
    /** For a screen reader; empty while the cursor is nowhere. */
    announcement: model === undefined || cursor === null ? '' : describeStep(model, window, cursor, formatInstant),
  };
}
