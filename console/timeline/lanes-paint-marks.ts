import type { GlyphKind } from '#console/ui/event-glyph-model.ts';
import type { Mark } from './lanes-layout.ts';
import type { LaneEvent } from './lanes-model.ts';
import type { LanesPalette } from './lanes-palette.ts';

const GLYPH_R = 3.4;
/** A count is written where a run is at least this wide. */
const COUNT_MIN_PX = 16;

/** One mark of a lane: a glyph; a run as a bar with its count; × marks as a bracket with theirs. */
export function paintMark(context: CanvasRenderingContext2D, mark: Mark, palette: LanesPalette): void {
  const [first] = mark.events;
  if (first === undefined) return;
  if (mark.kind === 'glyph') paintGlyph(context, first, mark.left, mark.y, GLYPH_R, palette);
  else if (mark.kind === 'run') paintRun(context, mark, palette);
  else paintFailures(context, mark, palette);
}

/** A glyph by its kind and the hue of its type; × on a halo, so that it stands out of what it covers. */
export function paintGlyph(
  context: CanvasRenderingContext2D,
  event: LaneEvent,
  x: number,
  y: number,
  r: number,
  palette: LanesPalette,
): void {
  const colour = event.kind === 'failed' ? palette.bad : palette.ofType(event.eventType);
  context.beginPath();
  if (event.kind === 'failed') {
    cross(context, x, y, r * 1.15);
    stroke(context, palette.surface, 5);
    stroke(context, colour, 2);
    return;
  }
  outline(context, event.kind, x, y, r);
  if (event.kind === 'undoes') {
    context.fillStyle = palette.surface;
    context.fill();
    stroke(context, colour, 1.6);
    return;
  }
  context.fillStyle = colour;
  context.fill();
}

/** The selection: its glyph larger, in a ring of ink. */
export function paintSelected(
  context: CanvasRenderingContext2D,
  { x, y, event }: { x: number; y: number; event: LaneEvent },
  palette: LanesPalette,
): void {
  context.beginPath();
  context.arc(x, y, 8.5, 0, 2 * Math.PI);
  context.fillStyle = palette.surface;
  context.fill();
  stroke(context, palette.ink, 2);
  paintGlyph(context, event, x, y, 4.4, palette);
}

function paintRun(context: CanvasRenderingContext2D, mark: Mark, palette: LanesPalette) {
  const first = mark.events[0] as LaneEvent;
  const last = mark.events.at(-1) as LaneEvent;
  const width = mark.right - mark.left;
  context.fillStyle = palette.surface;
  context.strokeStyle = palette.ink3;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(mark.left - 5, mark.y - 5.5, width + 10, 11, 5.5);
  context.fill();
  context.stroke();
  if (width >= COUNT_MIN_PX) {
    paintGlyph(context, first, mark.left, mark.y, 2.8, palette);
    text(context, String(mark.events.length), (mark.left + mark.right) / 2 + 3, mark.y + 0.5, palette.ink2, palette);
  } else {
    paintGlyph(context, first, mark.left, mark.y, 2.6, palette);
    if (width > 5) paintGlyph(context, last, mark.right, mark.y, 2.6, palette);
  }
}

function paintFailures(context: CanvasRenderingContext2D, mark: Mark, palette: LanesPalette) {
  const count = `× ${mark.events.length}`;
  const top = mark.y - 9;
  context.beginPath();
  context.moveTo(mark.left - 4, top + 4);
  context.lineTo(mark.left - 4, top);
  context.lineTo(mark.right + 4, top);
  context.lineTo(mark.right + 4, top + 4);
  stroke(context, palette.bad, 1.4);
  for (const edge of new Set([mark.left, mark.right])) {
    paintGlyph(context, mark.events[0] as LaneEvent, edge, mark.y, GLYPH_R, palette);
  }
  text(context, count, (mark.left + mark.right) / 2, top - 5.5, palette.bad, palette);
}

function text(
  context: CanvasRenderingContext2D,
  value: string,
  x: number,
  y: number,
  colour: string,
  palette: LanesPalette,
) {
  context.font = `500 9.5px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.strokeStyle = palette.surface;
  context.strokeText(value, x, y);
  context.fillStyle = colour;
  context.fillText(value, x, y);
}

function outline(context: CanvasRenderingContext2D, kind: GlyphKind, x: number, y: number, r: number) {
  switch (kind) {
    case 'step':
      context.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
      break;
    case 'ends':
      context.moveTo(x, y - r * 1.25);
      context.lineTo(x + r * 1.25, y);
      context.lineTo(x, y + r * 1.25);
      context.lineTo(x - r * 1.25, y);
      context.closePath();
      break;
    default:
      context.arc(x, y, r, 0, 2 * Math.PI);
  }
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, r: number) {
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.stroke();
}
