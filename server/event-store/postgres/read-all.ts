import type { AllPage, ReadAllOptions } from '#server/event-store/event-store.ts';
import { pageLimit } from '#server/event-store/page-limit.ts';
import { withOriginal } from '#server/event-store/upcasting.ts';
import type { EventDetail } from '#server/kernel/event.ts';
import { comparePositions, laterPosition, type Position, positionsBetween, START } from '#server/kernel/position.ts';
import { EVENT_COLUMNS, type Reader, toRecordedEvent } from './event-row.ts';
import { readMark } from './high-water-mark.ts';

/** Positions that one page looks at, so that a filter which matches nothing still answers at once. */
const WINDOW_POSITIONS = 20_000;

const PAGE = `select ${EVENT_COLUMNS} from events
  where global_position > $1 and global_position <= $2 order by global_position limit $3`;

const FILTERED = `select ${EVENT_COLUMNS} from events
  where global_position > $1 and global_position <= $2
    and ($4::text[] is null or split_part(stream_id, '-', 1) = any ($4))
    and ($5::text[] is null or event_type = any ($5))
  order by global_position limit $3`;

/**
 * Reads of the global order. Each reads the mark, then, in a statement of its own, the page up to it. What lay below a
 * mark once lies below every later one, so a full page below the last one that was seen needs no new one: two round trips
 * in three for whoever catches up.
 */
export function createAllReader({ database, upcast }: Reader): (options?: ReadAllOptions) => Promise<AllPage> {
  let seen = START;

  async function readPage(statement: string, bounds: unknown[]): Promise<AllPage['events']> {
    const events = await database.read(statement, bounds, toRecordedEvent);
    return events.map(upcast);
  }

  return async (options = {}) => {
    const { after = START, limit, categories, eventTypes } = options;
    const size = pageLimit(limit);
    const filtered = categories !== undefined || eventTypes !== undefined;
    if (!filtered && positionsBetween(after, seen) >= size) {
      const events = await readPage(PAGE, [after, seen, size]);
      const last = events.at(-1)?.globalPosition;
      if (events.length === size && last !== undefined) return { events, nextAfter: last, upTo: last };
    }
    const { position: mark } = await readMark(database);
    seen = laterPosition(seen, mark);
    if (comparePositions(after, mark) >= 0) return { events: [], nextAfter: null, upTo: after };
    const end = filtered ? windowEnd(after, mark) : mark;
    const events = filtered
      ? await readPage(FILTERED, [after, end, size, categories ?? null, eventTypes ?? null])
      : await readPage(PAGE, [after, end, size]);
    const upTo = events.length === size ? (events.at(-1)?.globalPosition ?? end) : end;
    return { events, nextAfter: comparePositions(upTo, mark) < 0 ? upTo : null, upTo };
  };
}

/** One event by its position, above the mark too: it is committed either way. */
export async function readEvent({ database, upcast }: Reader, position: Position): Promise<EventDetail | undefined> {
  const statement = `select ${EVENT_COLUMNS} from events where global_position = $1`;
  const [event] = await database.read(statement, [position], toRecordedEvent);
  return event && withOriginal(event, upcast);
}

function windowEnd(after: Position, mark: Position): Position {
  const end = String(Number(after) + WINDOW_POSITIONS) as Position;
  return comparePositions(end, mark) <= 0 ? end : mark;
}
