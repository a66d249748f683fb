import type { AllPage, ReadAllOptions } from '#server/event-store/event-store.ts';
import { pageLimit } from '#server/event-store/page-limit.ts';
import { withOriginal } from '#server/event-store/upcasting.ts';
import type { EventDetail, RecordedEvent } from '#server/kernel/event.ts';
import {
  comparePositions,
  earlierPosition,
  laterPosition,
  type Position,
  positionsBetween,
  START,
} from '#server/kernel/position.ts';
import { EVENT_COLUMNS, type Reader, toRecordedEvent } from './event-row.ts';
import { MARK, type MarkRows, readMark, toMark } from './high-water-mark.ts';

/** Positions that one page looks at, so that a filter which matches nothing still answers at once. */
const WINDOW_POSITIONS = 20_000;

const PAGE = `select ${EVENT_COLUMNS} from events
  where global_position > $1 and global_position <= $2 order by global_position limit $3`;

const FILTERED = `select ${EVENT_COLUMNS} from events
  where global_position > $1 and global_position <= $2
    and ($4::text[] is null or split_part(stream_id, '-', 1) = any ($4))
    and ($5::text[] is null or event_type = any ($5))
  order by global_position limit $3`;

/** Above every position: the marker keeps 40 bits for it. */
const NO_BOUND = '1099511627775' as Position;

/** Where more positions than this lay open at the last look, events above the mark are not read only to be left out. */
const OPEN_POSITIONS_MAX = 100;

/**
 * Reads of the global order. Each reads the mark, then, in a statement of its own, the page up to it; the three
 * statements take one round trip. What lay below a mark once lies below every later one, so a full page or a window below
 * the last one that was seen needs no new one.
 */
export function createAllReader({ database, upcast }: Reader): (options?: ReadAllOptions) => Promise<AllPage> {
  let seen = START;
  let open = 0;

  async function readWithMark(page: (upTo: Position) => Page, farthest: Position) {
    if (open <= OPEN_POSITIONS_MAX) {
      const reading = { ...page(farthest), readRow: toRecordedEvent };
      const [head, marker, events] = await database.readInOrder<[...MarkRows, RecordedEvent]>([...MARK, reading]);
      return { ...toMark(head, marker), events };
    }
    const mark = await readMark(database);
    const { statement, parameters } = page(earlierPosition(farthest, mark.position));
    return { ...mark, events: await database.read(statement, parameters, toRecordedEvent) };
  }

  return async (options = {}) => {
    const { after = START, limit, categories, eventTypes } = options;
    const size = pageLimit(limit);
    const filtered = categories !== undefined || eventTypes !== undefined;
    const page = (upTo: Position): Page =>
      filtered
        ? { statement: FILTERED, parameters: [after, upTo, size, categories ?? null, eventTypes ?? null] }
        : { statement: PAGE, parameters: [after, upTo, size] };
    const farthest = filtered ? windowEnd(after) : NO_BOUND;
    if (positionsBetween(after, seen) >= (filtered ? WINDOW_POSITIONS : size)) {
      const { statement, parameters } = page(earlierPosition(farthest, seen));
      const events = await database.read(statement, parameters, toRecordedEvent);
      const upTo = events.length === size ? events.at(-1)?.globalPosition : filtered ? farthest : undefined;
      if (upTo !== undefined) return { events: events.map(upcast), nextAfter: upTo, upTo };
    }
    const { position: mark, head, events } = await readWithMark(page, farthest);
    open = positionsBetween(mark, head);
    seen = laterPosition(seen, mark);
    if (comparePositions(after, mark) >= 0) return { events: [], nextAfter: null, upTo: after };
    const below = events.filter(({ globalPosition }) => comparePositions(globalPosition, mark) <= 0);
    const end = earlierPosition(farthest, mark);
    const upTo = below.length === size ? (below.at(-1)?.globalPosition ?? end) : end;
    return { events: below.map(upcast), nextAfter: comparePositions(upTo, mark) < 0 ? upTo : null, upTo };
  };
}

type Page = { statement: string; parameters: readonly unknown[] };

/** One event by its position, above the mark too: it is committed either way. */
export async function readEvent({ database, upcast }: Reader, position: Position): Promise<EventDetail | undefined> {
  const statement = `select ${EVENT_COLUMNS} from events where global_position = $1`;
  const [event] = await database.read(statement, [position], toRecordedEvent);
  return event && withOriginal(event, upcast);
}

function windowEnd(after: Position): Position {
  return String(Number(after) + WINDOW_POSITIONS) as Position;
}
