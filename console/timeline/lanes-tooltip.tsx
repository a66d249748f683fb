import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import type { Mark } from './lanes-layout.ts';

type Props = { mark: Mark; width: number; formatInstant(at: number): string };

const WIDTH_PX = 230;
const LISTED_MAX = 5;

/** What the mark under the pointer stands for. */
export function LanesTooltip({ mark, width, formatInstant }: Props) {
  const middle = (mark.left + mark.right) / 2;
  const [first] = mark.events;
  if (first === undefined) return null;
  return (
    <div
      className="pointer-events-none absolute z-20 rounded-control bg-raised px-2.5 py-2 text-small shadow-float"
      style={{
        width: WIDTH_PX,
        top: mark.y + 14,
        left: Math.min(Math.max(middle - WIDTH_PX / 2, 0), width - WIDTH_PX),
      }}
    >
      <div className="text-ink-3">{formatInstant(first.at)}</div>
      {mark.events.slice(0, LISTED_MAX).map((event) => (
        <div key={event.globalPosition} className="flex items-center gap-2">
          <EventGlyph eventType={event.eventType} failed={event.parked} size={9} />
          <span className="shrink-0">{event.eventType}</span>
          <LongName name={event.streamId} className="text-ink-2" />
        </div>
      ))}
      {mark.events.length > LISTED_MAX && (
        <div className="text-ink-3">and {(mark.events.length - LISTED_MAX).toLocaleString('en-US')} more</div>
      )}
    </div>
  );
}
