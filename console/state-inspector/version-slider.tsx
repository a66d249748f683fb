'use client';

import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { formatCount } from '#console/format.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import {
  type SliderMarks,
  sliderMarks,
  stepVersion,
  type VersionEvent,
  versionAtX,
  xOfVersion,
} from './version-slider-model.ts';

type Props = {
  version: number;
  lastVersion: number;
  events: readonly VersionEvent[];
  /** Inner width of the rail in px; 0 until it is laid out. */
  width: number;
  snapshotVersion: number | null;
  /** Versions that can't be folded, as far as somebody has looked. */
  failed: ReadonlySet<number>;
  onVersion(version: number): void;
};

const RAIL_Y = 26;
const BAR_HEIGHT = 22;
const LABEL_ROOM_PX = 28;
/** Room on both sides, so that the first and last glyph are whole. */
export const SLIDER_MARGIN_PX = 16;

/** A rail of versions: tide up to the current one, each with its event's glyph; arrows, Page keys, Home and End step. */
export function VersionSlider({ version, lastVersion, events, width, snapshotVersion, failed, onVersion }: Props) {
  const dragging = useRef(false);
  const marks = useMemo(() => sliderMarks(lastVersion, events, width), [lastVersion, events, width]);
  const x = xOfVersion(version, lastVersion, width);
  const eventType = events.find((event) => event.streamVersion === version)?.eventType;

  const follow = (event: PointerEvent) => {
    const left = event.currentTarget.getBoundingClientRect().left + SLIDER_MARGIN_PX;
    const next = versionAtX(event.clientX - left, lastVersion, width);
    if (next !== version) onVersion(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, version, lastVersion);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    onVersion(next);
  };

  return (
    <div
      className="relative h-16 cursor-pointer touch-none select-none"
      style={{ paddingInline: SLIDER_MARGIN_PX }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragging.current = true;
        follow(event);
      }}
      onPointerMove={(event) => dragging.current && follow(event)}
      onPointerUp={() => {
        dragging.current = false;
      }}
    >
      <div className="relative h-full">
        {marks.kind === 'bars' && <Bars marks={marks} version={version} />}
        <div className="fill-mark absolute inset-x-0 h-[3px] rounded-gauge bg-line-2" style={{ top: RAIL_Y - 1.5 }} />
        <div className="fill-solid absolute h-[3px] rounded-gauge bg-tide" style={{ top: RAIL_Y - 1.5, width: x }} />
        {snapshotVersion !== null && width > 0 && (
          <SnapshotFlag
            x={xOfVersion(snapshotVersion, lastVersion, width)}
            nearEnd={snapshotVersion > lastVersion * 0.9}
          />
        )}
        {width > 0 && <Glyphs marks={marks} failed={failed} />}
        {width > 0 && <Labels marks={marks} version={version} x={x} />}
        <div
          role="slider"
          tabIndex={0}
          aria-label="Version"
          aria-valuemin={1}
          aria-valuemax={lastVersion}
          aria-valuenow={version}
          aria-valuetext={`version ${version} of ${lastVersion}${eventType === undefined ? '' : `, ${eventType}`}`}
          onKeyDown={onKeyDown}
          className="absolute size-6 -translate-x-1/2 -translate-y-1/2 rounded-dot border-2 border-tide"
          style={{ left: x, top: RAIL_Y }}
        />
      </div>
    </div>
  );
}

function Glyphs({ marks, failed }: { marks: SliderMarks; failed: ReadonlySet<number> }) {
  if (marks.kind === 'bars') return null;
  return marks.marks.map((mark) => (
    <span
      key={mark.version}
      className="absolute flex size-4 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-dot bg-canvas"
      style={{ left: mark.x, top: RAIL_Y }}
    >
      {mark.eventType !== null && <EventGlyph eventType={mark.eventType} failed={failed.has(mark.version)} size={10} />}
    </span>
  ));
}

/** Numbers under the rail; those too near to the current one make room for it. */
function Labels({ marks, version, x }: { marks: SliderMarks; version: number; x: number }) {
  const labels = marks.kind === 'bars' ? marks.labels : marks.marks.filter((mark) => mark.label);
  const apart = labels.filter((label) => Math.abs(label.x - x) >= LABEL_ROOM_PX);
  return (
    <>
      {apart.map((label) => (
        <Label key={label.version} version={label.version} x={label.x} current={false} />
      ))}
      <Label version={version} x={x} current />
    </>
  );
}

function Label({ version, x, current }: { version: number; x: number; current: boolean }) {
  return (
    <span
      className={`absolute -translate-x-1/2 text-small ${current ? 'font-semibold text-ink' : 'text-ink-3'}`}
      style={{ left: x, top: RAIL_Y + 17 }}
    >
      {formatCount(version)}
    </span>
  );
}

function Bars({ marks, version }: { marks: Extract<SliderMarks, { kind: 'bars' }>; version: number }) {
  return marks.bars.map((bar) => (
    <div
      key={bar.from}
      className={`absolute ${bar.to <= version ? 'fill-solid bg-tide-2' : 'fill-mark bg-line-2'}`}
      style={{
        left: bar.x,
        width: Math.max(1, bar.width - 1),
        height: Math.max(2, (bar.height ?? 0) * BAR_HEIGHT),
        bottom: `calc(100% - ${RAIL_Y}px)`,
      }}
    />
  ));
}

/** Where the fold began: the nearest snapshot. */
function SnapshotFlag({ x, nearEnd }: { x: number; nearEnd: boolean }) {
  return (
    <span
      className="absolute top-0 flex items-center gap-1 rounded-badge bg-canvas px-1 text-ink-3 text-micro"
      style={nearEnd ? { right: `calc(100% - ${x}px - 9px)`, flexDirection: 'row-reverse' } : { left: x - 9 }}
    >
      <span className="size-2 border border-ink-3" aria-hidden />
      snapshot
    </span>
  );
}

function keyTarget(key: string, version: number, lastVersion: number): number | null {
  const page = Math.max(10, Math.round(lastVersion / 20));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return stepVersion(version, 1, lastVersion);
    case 'ArrowLeft':
    case 'ArrowDown':
      return stepVersion(version, -1, lastVersion);
    case 'PageUp':
      return stepVersion(version, page, lastVersion);
    case 'PageDown':
      return stepVersion(version, -page, lastVersion);
    case 'Home':
      return 1;
    case 'End':
      return lastVersion;
    default:
      return null;
  }
}
