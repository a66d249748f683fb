import { type Arc, LANE_PX, type LanesLayout } from './lanes-layout.ts';
import { paintGlyph } from './lanes-paint-marks.ts';
import type { LanesPalette } from './lanes-palette.ts';

const HEAD_PX = 5;
/** An arc within a lane rises this high at most, so that it stays in its lane. */
const RISE_PX = 28;

/** The causation of the selection: arcs on a halo, each with a head, and their effects on a halo too. */
export function paintArcs(context: CanvasRenderingContext2D, layout: LanesLayout, palette: LanesPalette): void {
  for (const arc of layout.arcs) {
    trace(context, arc);
    stroke(context, palette.surface, 4);
    trace(context, arc);
    stroke(context, palette.ink, 1.4);
    paintHead(context, arc, palette);
  }
  for (const { effect, toX, toY } of layout.arcs) {
    context.beginPath();
    context.arc(toX, toY, 6, 0, 2 * Math.PI);
    context.fillStyle = palette.surface;
    context.fill();
    paintGlyph(context, effect, toX, toY, 4.4, palette);
  }
}

function trace(context: CanvasRenderingContext2D, { fromX, fromY, toX, toY, trunk }: Arc) {
  context.beginPath();
  context.moveTo(fromX, fromY);
  if (fromY === toY) {
    const rise = Math.min(RISE_PX, 10 + Math.abs(toX - fromX) / 3);
    context.bezierCurveTo(fromX, fromY - rise, toX, toY - rise, toX, toY - HEAD_PX);
    return;
  }
  const down = toY > fromY ? 1 : -1;
  const end = toY - down * (HEAD_PX + 3);
  if (trunk === null) {
    const middle = (fromY + end) / 2;
    context.bezierCurveTo(fromX, middle, toX, middle, toX, end);
    return;
  }
  const first = fromY + down * LANE_PX * 0.7;
  const last = toY - down * LANE_PX * 0.7;
  context.bezierCurveTo(fromX, first, trunk, fromY + down * 8, trunk, first);
  context.lineTo(trunk, last);
  context.bezierCurveTo(trunk, end - down * 6, toX, last, toX, end);
}

function paintHead(context: CanvasRenderingContext2D, { fromY, toX, toY }: Arc, palette: LanesPalette) {
  const down = fromY === toY || toY > fromY ? 1 : -1;
  const tip = toY - down * 4;
  context.beginPath();
  context.moveTo(toX, tip);
  context.lineTo(toX - 3, tip - down * HEAD_PX);
  context.lineTo(toX + 3, tip - down * HEAD_PX);
  context.closePath();
  context.fillStyle = palette.ink;
  context.fill();
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
