import { type OffsetAt, type TimelineScale, timelineTicks } from './timeline-scale.ts';

type Props = { scale: TimelineScale; offsetAt: OffsetAt; markX: number | null; held: boolean };

/** Room the label of the mark takes, in px. */
const MARK_LABEL_PX = 64;
/** Half of the widest tick label. */
const TICK_HALF_PX = 28;

/** Times under the bars, and the name of the high-water line beneath it. */
export function TimelineAxis({ scale, offsetAt, markX, held }: Props) {
  const markLeft = markX === null ? null : Math.min(Math.max(markX - MARK_LABEL_PX, 0), scale.width - MARK_LABEL_PX);
  const ticks = timelineTicks(scale, offsetAt).filter(
    (tick) =>
      tick.x >= 1 &&
      tick.x <= scale.width - TICK_HALF_PX &&
      (markLeft === null || tick.x + TICK_HALF_PX < markLeft || tick.x - TICK_HALF_PX > markLeft + MARK_LABEL_PX),
  );
  return (
    <div className="relative h-5 text-micro text-ink-3" aria-hidden="true">
      {ticks.map((tick) => (
        <span
          key={tick.at}
          className="absolute top-1 whitespace-nowrap"
          style={tick.x < TICK_HALF_PX ? { left: 0 } : { left: tick.x, translate: '-50% 0' }}
        >
          {tick.label}
        </span>
      ))}
      {markLeft !== null && (
        <span
          className={`absolute top-1 text-right font-medium whitespace-nowrap ${held ? 'text-warn' : 'text-tide'}`}
          style={{ left: markLeft, width: MARK_LABEL_PX }}
        >
          high water
        </span>
      )}
    </div>
  );
}
