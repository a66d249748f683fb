import type { EventHue } from '#console/ui/event-glyph-model.ts';
import type { LanesLayout } from './lanes-layout.ts';
import type { LanesModel } from './lanes-model.ts';
import { paintArcs } from './lanes-paint-arcs.ts';
import { paintBars, paintCut } from './lanes-paint-density.ts';
import { paintMark, paintSelected } from './lanes-paint-marks.ts';
import type { LanesPalette } from './lanes-palette.ts';
import type { LanesScale } from './lanes-scale.ts';

export type LanesPicture = {
  model: LanesModel;
  layout: LanesLayout;
  scale: LanesScale;
  ticks: readonly { x: number }[];
  /** Hue of each lane by its name; a lane without one is drawn in ink. */
  hues: ReadonlyMap<string, EventHue>;
  /** Instant of the high-water mark, where it is in sight. */
  markAt: number | null;
  held: boolean;
};

const DENSITY_ALPHA = 0.3;

/** Draws the lanes whole. Called once a frame at most. */
export function paintLanes(context: CanvasRenderingContext2D, picture: LanesPicture, palette: LanesPalette): void {
  const { layout, scale, model } = picture;
  context.clearRect(0, 0, scale.width, layout.height);
  paintGrid(context, picture, palette);
  for (const { lane, baseline } of layout.lanes) {
    const hue = picture.hues.get(lane.name);
    context.fillStyle = hue === undefined ? palette.ink3 : palette.hue(hue);
    context.globalAlpha = palette.forced ? 1 : model.hasEvents ? DENSITY_ALPHA : 0.55;
    paintBars(context, lane, scale, baseline);
    context.globalAlpha = 1;
  }
  if (model.countedFrom !== null && model.countedFrom > scale.window.from) {
    hatch(context, 0, Math.min(scale.width, scale.x(model.countedFrom)), layout.height, palette.line2);
  }
  paintBreaks(context, scale, layout.height, palette);
  for (const { lane, baseline } of layout.lanes) paintCut(context, lane, scale, baseline, palette);
  for (const { baseline } of layout.lanes) line(context, 0, baseline + 0.5, scale.width, baseline + 0.5, palette.line2);
  if (layout.selected !== null) {
    const x = Math.round(layout.selected.x) + 0.5;
    context.setLineDash([1, 3]);
    line(context, x, 0, x, layout.height, palette.ink2);
    context.setLineDash([]);
  }
  const markX = picture.markAt === null ? Number.POSITIVE_INFINITY : scale.x(picture.markAt);
  for (const { marks } of layout.lanes) {
    for (const mark of marks) {
      if (mark.right < -10 || mark.left > scale.width + 10) continue;
      context.globalAlpha = mark.left > markX ? 0.55 : 1;
      paintMark(context, mark, palette);
    }
  }
  context.globalAlpha = 1;
  paintArcs(context, layout, palette);
  if (layout.selected !== null) paintSelected(context, layout.selected, palette);
  if (markX <= scale.width) paintHighWater(context, Math.max(0, markX), picture, palette);
}

function paintGrid(context: CanvasRenderingContext2D, { layout, scale, ticks }: LanesPicture, palette: LanesPalette) {
  for (const { x } of ticks) line(context, Math.round(x) + 0.5, 0, Math.round(x) + 0.5, layout.height, palette.line);
  for (const { top } of layout.lanes) line(context, 0, top + 0.5, scale.width, top + 0.5, palette.line);
}

function paintBreaks(context: CanvasRenderingContext2D, scale: LanesScale, height: number, palette: LanesPalette) {
  for (const piece of scale.pieces) {
    if (!piece.idle) continue;
    context.fillStyle = palette.surface;
    context.fillRect(piece.left, 0, piece.right - piece.left, height);
    hatch(context, piece.left, piece.right, height, palette.line2);
    context.setLineDash([3, 3]);
    line(context, piece.left, 0, piece.left, height, palette.line2);
    line(context, piece.right, 0, piece.right, height, palette.line2);
    context.setLineDash([]);
  }
}

function paintHighWater(
  context: CanvasRenderingContext2D,
  x: number,
  { scale, layout, held }: LanesPicture,
  palette: LanesPalette,
) {
  if (scale.width - x > 1) {
    context.globalAlpha = 0.55;
    hatch(context, x, scale.width, layout.height, held ? palette.warn : palette.tide2);
    context.globalAlpha = 1;
  }
  context.fillStyle = palette.tide;
  context.fillRect(Math.min(x, scale.width - 1.5), 0, 1.5, layout.height);
}

/** 1 px every 5, leaning 25°. */
function hatch(context: CanvasRenderingContext2D, left: number, right: number, height: number, colour: string) {
  const lean = height * Math.tan((25 * Math.PI) / 180);
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  context.beginPath();
  for (let x = left - lean; x < right; x += 5) {
    context.moveTo(x, height);
    context.lineTo(x + lean, 0);
  }
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.stroke();
  context.restore();
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number, colour: string) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.lineWidth = 1;
  context.strokeStyle = colour;
  context.stroke();
}
