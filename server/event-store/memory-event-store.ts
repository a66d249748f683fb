import { isDeepStrictEqual } from 'node:util';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { versionMatches } from '#server/kernel/expected-version.ts';
import { comparePositions, type Position, START } from '#server/kernel/position.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import type {
  AllPage,
  AppendRequest,
  AppendResult,
  EventStore,
  ReadAllOptions,
  ReadStreamOptions,
} from './event-store.ts';
import { follow } from './follow.ts';
import { pageLimit } from './page-limit.ts';
import { type PreparedEvent, prepareEvents } from './prepare-events.ts';

/** The event store in memory: for tests of whatever needs a store, and as the model that Postgres is held to. */
export function createMemoryEventStore({ now = () => new Date() }: { now?: () => Date } = {}): EventStore {
  const all: RecordedEvent[] = [];
  const byId = new Map<string, RecordedEvent>();
  const byStream = new Map<StreamId, RecordedEvent[]>();
  const listeners = new Set<() => void>();
  const closing = new AbortController();

  const head = (): Position => all.at(-1)?.globalPosition ?? START;

  function append({ streamId, expectedVersion, events }: AppendRequest): AppendResult {
    const prepared = prepareEvents(events);
    const earlier = findEarlier(streamId, prepared);
    if (earlier !== undefined) return earlier;
    const stream = byStream.get(streamId) ?? [];
    if (!versionMatches(expectedVersion, stream.length)) {
      const actualVersion = stream.length;
      const message = `${streamId} is at version ${actualVersion}, not at ${expectedVersion}`;
      throw new TidemarkError('expected-version-conflict', message, { streamId, expectedVersion, actualVersion });
    }
    const recordedAt = now().toISOString();
    for (const event of prepared) {
      const recorded: RecordedEvent = structuredClone({
        ...event,
        globalPosition: String(all.length + 1) as Position,
        streamId,
        category: categoryOf(streamId),
        streamVersion: stream.length + 1,
        occurredAt: event.occurredAt ?? recordedAt,
        recordedAt,
      });
      all.push(recorded);
      stream.push(recorded);
      byId.set(recorded.eventId, recorded);
    }
    byStream.set(streamId, stream);
    for (const wake of listeners) wake();
    return {
      streamId,
      streamVersion: stream.length,
      globalPosition: head(),
      appended: prepared.length,
      duplicate: false,
    };
  }

  function findEarlier(streamId: StreamId, events: readonly PreparedEvent[]): AppendResult | undefined {
    const found = events.flatMap((event) => byId.get(event.eventId) ?? []);
    const last = found.at(-1);
    if (last === undefined) return undefined;
    const strange = found.find((old) => !events.some((event) => isSame(old, event, streamId)));
    if (strange !== undefined || found.length < events.length) {
      const eventId = (strange ?? last).eventId;
      const message = `the event id ${eventId} was used before with other content or in another append`;
      throw new TidemarkError('event-id-reused', message, { field: 'events', eventId });
    }
    const { streamVersion, globalPosition } = last;
    return { streamId, streamVersion, globalPosition, appended: 0, duplicate: true };
  }

  function readAll({ after = START, limit, categories, eventTypes }: ReadAllOptions = {}): AllPage {
    const size = pageLimit(limit);
    const rest = all.filter(
      (event) =>
        comparePositions(event.globalPosition, after) > 0 &&
        (categories?.includes(event.category) ?? true) &&
        (eventTypes?.includes(event.eventType) ?? true),
    );
    const events = rest.slice(0, size);
    const mark = comparePositions(head(), after) > 0 ? head() : after;
    const upTo = events.length === size ? (events.at(-1)?.globalPosition ?? mark) : mark;
    return { events, nextAfter: comparePositions(upTo, mark) < 0 ? upTo : null, upTo };
  }

  return {
    append: async (request) => append(request),
    readStream: async (streamId, options) => readStream(byStream.get(streamId) ?? [], options),
    readAll: async (options) => readAll(options),
    readEvent: async (position) => all.find((event) => event.globalPosition === position),
    subscribe: ({ signal, ...options }) =>
      follow(
        {
          readAll: async (page) => readAll(page),
          onHint: (wake) => {
            listeners.add(wake);
            return () => listeners.delete(wake);
          },
        },
        { ...options, signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal },
      ),
    highWaterMark: async () => ({ position: head(), head: head() }),
    published: async () => {},
    close: async () => closing.abort(),
  };
}

function readStream(stream: readonly RecordedEvent[], options: ReadStreamOptions = {}) {
  const { after, limit, direction = 'forward' } = options;
  const size = pageLimit(limit);
  const rest =
    direction === 'forward'
      ? stream.filter((event) => event.streamVersion > (after ?? 0))
      : stream.filter((event) => after === undefined || event.streamVersion < after).reverse();
  const events = rest.slice(0, size);
  return { events, nextAfter: rest.length > size ? (events.at(-1)?.streamVersion ?? null) : null };
}

function isSame(old: RecordedEvent, event: PreparedEvent, streamId: StreamId): boolean {
  return (
    old.eventId === event.eventId &&
    old.streamId === streamId &&
    old.eventType === event.eventType &&
    isDeepStrictEqual(old.data, event.data)
  );
}
