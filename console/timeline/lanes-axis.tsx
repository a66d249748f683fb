import { formatSpan } from './format-span.ts';
import type { LanesScale } from './lanes-scale.ts';
import type { Tick } from './timeline-scale.ts';

type Props = { scale: LanesScale; ticks: readonly Tick[]; markX: number | null; held: boolean };

const MARK_LABEL_PX = 66;
const TICK_HALF_PX = 28;

/** Times above the lanes, how long each break was, and the name of the high-water line. */
export function LanesAxis({ scale, ticks, markX, held }: Props) {
  const breaks = scale.pieces.filter((piece) => piece.idle);
  const markLeft = markX === null ? null : Math.min(Math.max(markX + 4, 0), scale.width - MARK_LABEL_PX);
  const free = (x: number) =>
    x >= TICK_HALF_PX / 2 &&
    x <= scale.width - TICK_HALF_PX &&
    (markLeft === null || x + TICK_HALF_PX < markLeft || x - TICK_HALF_PX > markLeft + MARK_LABEL_PX) &&
    breaks.every((piece) => x + TICK_HALF_PX < piece.left - 16 || x - TICK_HALF_PX > piece.right + 16);
  return (
    <div className="relative h-6 text-ink-3 text-micro" aria-hidden="true">
      {ticks
        .filter((tick) => free(tick.x))
        .map((tick) => (
          <span key={tick.at} className="absolute top-1 -translate-x-1/2 whitespace-nowrap" style={{ left: tick.x }}>
            {tick.label}
          </span>
        ))}
      {breaks.map((piece) => (
        <span
          key={piece.from}
          className="absolute top-0.5 -translate-x-1/2 whitespace-nowrap rounded-badge border border-line-2 bg-sunken px-1.5 text-ink-2"
          style={{ left: (piece.left + piece.right) / 2 }}
        >
          {formatSpan(piece.to - piece.from)} idle
        </span>
      ))}
      {markLeft !== null && (
        <span
          className={`absolute top-1 whitespace-nowrap font-medium ${held ? 'text-warn' : 'text-tide'}`}
          style={{ left: markLeft }}
        >
          {held ? 'held here' : 'high water'}
        </span>
      )}
    </div>
  );
}
