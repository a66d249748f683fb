import { BASELINE_PX, LANE_PX } from './lanes-layout.ts';
import type { Lane, LaneBar } from './lanes-model.ts';
import type { LanesPalette } from './lanes-palette.ts';
import type { LanesScale } from './lanes-scale.ts';

/** Room between the highest bar and the top of its lane. */
const HEADROOM_PX = 11;
const FULL_PX = LANE_PX - HEADROOM_PX - BASELINE_PX;
/** A bar that is higher than its lane is broken so far beneath its top, by so much. */
const BREAK_PX = 6;
const GAP_PX = 2.5;

/** All bars of a lane are one path: 600 buckets × 24 lanes stay 24 fills. */
export function paintBars(context: CanvasRenderingContext2D, lane: Lane, scale: LanesScale, baseline: number): void {
  const unit = lane.full > 0 ? FULL_PX / lane.full : 0;
  context.beginPath();
  for (const bar of lane.bars) {
    const place = placeOf(bar, scale);
    if (place === null) continue;
    const height = Math.min(FULL_PX, Math.max(1.5, bar.count * unit));
    if (bar.count <= lane.full) context.rect(place.left, baseline - height, place.width, height);
    else {
      context.rect(place.left, baseline - FULL_PX, place.width, BREAK_PX);
      const below = FULL_PX - BREAK_PX - GAP_PX;
      context.rect(place.left, baseline - below, place.width, below);
    }
  }
  context.fill();
}

/** How many the highest broken bar in sight stands for, beside it. */
export function paintCut(
  context: CanvasRenderingContext2D,
  lane: Lane,
  scale: LanesScale,
  baseline: number,
  palette: LanesPalette,
): void {
  let highest: LaneBar | null = null;
  for (const bar of lane.bars) {
    if (bar.count <= Math.max(lane.full, highest?.count ?? 0) || placeOf(bar, scale) === null) continue;
    highest = bar;
  }
  const place = highest === null ? null : placeOf(highest, scale);
  if (highest === null || place === null) return;
  const label = highest.count.toLocaleString('en-US');
  context.font = `500 10.5px ${palette.font}`;
  context.textBaseline = 'middle';
  const leftOf = place.left > context.measureText(label).width + 6;
  context.textAlign = leftOf ? 'right' : 'left';
  const x = leftOf ? place.left - 4 : place.left + place.width + 4;
  const y = baseline - FULL_PX + BREAK_PX / 2;
  context.lineWidth = 3;
  context.strokeStyle = palette.surface;
  context.strokeText(label, x, y);
  context.fillStyle = palette.ink3;
  context.fillText(label, x, y);
}

/** Null where the bar is out of sight. */
function placeOf(bar: LaneBar, { window, x }: LanesScale): { left: number; width: number } | null {
  if (bar.to <= window.from || bar.from >= window.to) return null;
  const left = x(Math.max(bar.from, window.from));
  return { left, width: Math.max(1, x(Math.min(bar.to, window.to)) - left - 1) };
}
