'use client';

import { useId, useMemo, useState } from 'react';
import type { EventHue } from '#console/ui/event-glyph-model.ts';
import { LanesAxis } from './lanes-axis.tsx';
import { LanesCanvas } from './lanes-canvas.tsx';
import { timeOf } from './lanes-cursor.ts';
import { LanesGutter } from './lanes-gutter.tsx';
import { BASELINE_PX, LANE_PX, layoutLanes, type Mark, markAt as markUnder } from './lanes-layout.ts';
import type { LaneBar, LaneEvent, LanesModel } from './lanes-model.ts';
import { idleStretches, lanesScale, lanesTicks, zoomAt } from './lanes-scale.ts';
import { LanesTooltip } from './lanes-tooltip.tsx';
import type { TimeWindow } from './timeline-model.ts';
import type { OffsetAt } from './timeline-scale.ts';
import { useElementWidth } from './use-element-width.ts';
import { useLanesCursor } from './use-lanes-cursor.ts';
import { useLanesGesture } from './use-lanes-gesture.ts';

export type LanesTimelineProps = {
  /** Undefined while the first answer is awaited. */
  model: LanesModel | undefined;
  window: TimeWindow;
  /** As far as one can pan and zoom. */
  limits: TimeWindow;
  /** Another window, by hand: `drag` is a step of its own, `wheel` one of many. */
  onWindow(window: TimeWindow, how: 'drag' | 'wheel'): void;
  /** Shows all there is. */
  onFit(): void;
  selected: string | null;
  onSelect(position: string): void;
  hues: ReadonlyMap<string, EventHue>;
  markAt: number | null;
  held: boolean;
  offsetAt: OffsetAt;
  formatInstant(at: number): string;
};

/** A swimlane for each name: density, and the events themselves where they are few. Drawn on a canvas. */
export function LanesTimeline(props: LanesTimelineProps) {
  const { model, window, limits, onWindow, onSelect, selected, hues, markAt, held, offsetAt, formatInstant } = props;
  const { ref, width } = useElementWidth();
  const helpId = useId();
  const [hovered, setHovered] = useState<Mark | null>(null);
  // What is folded stays so while a gesture lasts: it would jump under the pointer otherwise.
  const idle = useMemo(() => (model ? idleStretches(model.occupied, window, width) : []), [model, window, width]);
  const settled = useMemo(() => lanesScale(window, width, idle), [window, width, idle]);

  const open = (events: readonly LaneEvent[]) => {
    const [first] = events;
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    if (last.at > first.at) zoomTo({ from: first.at, to: last.at + 1 });
    else onSelect(first.globalPosition);
  };
  const zoomTo = ({ from, to }: TimeWindow) => {
    const margin = Math.max(2, Math.round((to - from) / 4));
    onWindow({ from: Math.max(limits.from, from - margin), to: Math.min(limits.to, to + margin) }, 'drag');
  };
  const gesture = useLanesGesture({
    scale: settled,
    limits,
    onWindow,
    onClick(x, y) {
      const mark = markUnder(layout, x, y);
      if (mark !== null) open(mark.events);
    },
    onDoubleClick: props.onFit,
  });
  const cursor = useLanesCursor({
    model,
    window,
    formatInstant,
    onOpen: (step) => ('at' in step ? onSelect(step.globalPosition) : zoomTo(step)),
    onZoom: (factor, at) => onWindow(zoomAt(settled, settled.x(at), factor, limits), 'wheel'),
  });
  const scale = useMemo(
    () => (gesture.draft === null ? settled : lanesScale(gesture.draft, width, idle)),
    [gesture.draft, settled, width, idle],
  );
  const layout = useMemo(() => layoutLanes(model ?? EMPTY, scale, selected), [model, scale, selected]);
  const ticks = useMemo(() => lanesTicks(scale, offsetAt), [scale, offsetAt]);
  const picture = useMemo(
    () => ({ model: model ?? EMPTY, layout, scale, ticks, hues, markAt, held }),
    [model, layout, scale, ticks, hues, markAt, held],
  );
  const markX = markAt === null || scale.x(markAt) > width ? null : scale.x(markAt);
  const { cursor: at, step } = cursor;

  return (
    <div className="flex min-w-0 select-none">
      <div className="pt-6">
        <LanesGutter
          layout={layout}
          othersCount={model?.othersCount ?? 0}
          cursorLane={at?.lane ?? null}
          exact={model?.exact ?? true}
        />
      </div>
      <div ref={ref} className="min-w-0 flex-1">
        <LanesAxis scale={scale} ticks={ticks} markX={markX} held={held} />
        <div
          ref={gesture.wheelRef}
          role="application"
          aria-label="Timeline"
          aria-describedby={helpId}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the keyboard, and says by which keys
          tabIndex={0}
          className="relative touch-pan-y cursor-grab overflow-hidden active:cursor-grabbing"
          onKeyDown={cursor.onKeyDown}
          onBlur={cursor.onBlur}
          {...gesture.handlers}
          onPointerMove={(event) => {
            gesture.handlers.onPointerMove(event);
            const box = event.currentTarget.getBoundingClientRect();
            const mark =
              gesture.draft === null ? markUnder(layout, event.clientX - box.left, event.clientY - box.top) : null;
            if (mark !== hovered) setHovered(mark);
          }}
          onPointerLeave={() => setHovered(null)}
        >
          {width > 0 && <LanesCanvas picture={picture} />}
          {at !== null && step !== undefined && <Cursor x={scale.x(middleOf(step))} lane={at.lane} />}
        </div>
        <div className="relative">
          {hovered !== null && gesture.draft === null && (
            <div className="absolute inset-x-0" style={{ top: -layout.height }}>
              <LanesTooltip mark={hovered} width={width} formatInstant={formatInstant} />
            </div>
          )}
        </div>
        <p id={helpId} className="sr-only">
          Arrow keys move along a lane and between lanes, Enter opens an event or zooms into a bar, plus and minus zoom,
          Shift with the left and right arrow moves the stretch. The table below has the same events.
          {model?.countedFrom == null ? '' : ` Not counted: what occurred before ${formatInstant(model.countedFrom)}.`}
        </p>
        <p role="status" className="sr-only">
          {cursor.announcement}
        </p>
      </div>
    </div>
  );
}

const EMPTY: LanesModel = {
  lanes: [],
  bucketMs: 1000,
  total: 0,
  othersCount: 0,
  hasEvents: false,
  exact: true,
  occupied: [],
  countedFrom: null,
};

function middleOf(step: LaneEvent | LaneBar): number {
  return 'at' in step ? step.at : (timeOf(step) + step.to) / 2;
}

function Cursor({ x, lane }: { x: number; lane: number }) {
  return (
    <div
      className="pointer-events-none absolute size-4 rounded-badge border-2 border-tide"
      style={{ left: x - 8, top: (lane + 1) * LANE_PX - BASELINE_PX - 8 }}
    />
  );
}
