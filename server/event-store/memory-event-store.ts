import { isDeepStrictEqual } from 'node:util';
import type { Folder } from '#server/kernel/decider.ts';
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
  FoldOptions,
  ReadAllOptions,
  ReadStreamOptions,
} from './event-store.ts';
import { PAGE_EVENTS_MAX } from './event-store.ts';
import { foldStream, type Keyframe, SNAPSHOT_PAST_BASE_MIN, type StreamTail } from './fold-stream.ts';
import { follow } from './follow.ts';
import { pageLimit } from './page-limit.ts';
import { type PreparedEvent, prepareAppend } from './prepare-events.ts';
import { createUpcasting, type Upcasting, withOriginal } from './upcasting.ts';

/** The event store in memory: for tests of whatever needs a store, and as the model that Postgres is held to. */
export function createMemoryEventStore({
  now = () => new Date(),
  upcasting = createUpcasting(),
}: {
  now?: () => Date;
  upcasting?: Upcasting;
} = {}): EventStore {
  const { upcast } = upcasting;
  const all: RecordedEvent[] = [];
  const byId = new Map<string, RecordedEvent>();
  const byStream = new Map<StreamId, RecordedEvent[]>();
  const snapshots = new Map<string, Keyframe[]>();
  const listeners = new Set<() => void>();
  const closing = new AbortController();

  const head = (): Position => all.at(-1)?.globalPosition ?? START;

  function append(request: AppendRequest): AppendResult {
    const { streamId, expectedVersion, events: prepared } = prepareAppend(request, upcasting);
    const category = categoryOf(streamId);
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
        category,
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
      positions: stream.slice(-prepared.length).map((event) => event.globalPosition),
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
    const positions = found.map((event) => event.globalPosition);
    return { streamId, streamVersion, globalPosition, positions, appended: 0, duplicate: true };
  }

  function readAll({ after = START, limit, categories, eventTypes }: ReadAllOptions = {}): AllPage {
    const size = pageLimit(limit);
    const rest = all.filter(
      (event) =>
        comparePositions(event.globalPosition, after) > 0 &&
        (categories?.includes(event.category) ?? true) &&
        (eventTypes?.includes(event.eventType) ?? true),
    );
    const events = rest.slice(0, size).map(upcast);
    const mark = comparePositions(head(), after) > 0 ? head() : after;
    const upTo = events.length === size ? (events.at(-1)?.globalPosition ?? mark) : mark;
    return { events, nextAfter: comparePositions(upTo, mark) < 0 ? upTo : null, upTo };
  }

  function readPresent(streamId: StreamId, options?: ReadStreamOptions) {
    const page = readStream(byStream.get(streamId) ?? [], options);
    return { ...page, events: page.events.map(upcast) };
  }

  const readPage = async (streamId: StreamId, after: number, limit: number) => readPresent(streamId, { after, limit });

  async function readTail(streamId: StreamId, folder: Folder, options: FoldOptions): Promise<StreamTail> {
    const { version, at, base: given } = options;
    const stream = byStream.get(streamId) ?? [];
    const byThen = at === undefined ? stream : stream.filter((event) => Date.parse(event.occurredAt) <= Date.parse(at));
    const until = Math.min(byThen.at(-1)?.streamVersion ?? 0, version ?? Number.MAX_SAFE_INTEGER);
    const above = given ? given.streamVersion + SNAPSHOT_PAST_BASE_MIN : 0;
    const base = snapshots
      .get(keyOf(streamId, folder))
      ?.findLast((one) => one.streamVersion <= until && one.streamVersion > above);
    return {
      snapshot: base && { streamVersion: base.streamVersion, state: JSON.parse(base.state) },
      events: stream
        .slice(base?.streamVersion ?? given?.streamVersion ?? 0, until)
        .slice(0, PAGE_EVENTS_MAX)
        .map(upcast),
      until,
      lastVersion: stream.length,
    };
  }

  function keep(streamId: StreamId, folder: Folder, keyframes: readonly Keyframe[]): void {
    const key = keyOf(streamId, folder);
    const all = [...(snapshots.get(key) ?? []), ...keyframes];
    snapshots.set(
      key,
      all.sort((a, b) => a.streamVersion - b.streamVersion),
    );
  }

  return {
    append: async (request) => append(request),
    readStream: async (streamId, options) => readPresent(streamId, options),
    foldStream: (streamId, folder, options) =>
      foldStream({ readTail, readPage, keep }, streamId, upcasting.named(folder, categoryOf(streamId)), options),
    readAll: async (options) => readAll(options),
    readEvent: async (position) => {
      const event = all.find(({ globalPosition }) => globalPosition === position);
      return event && withOriginal(event, upcast);
    },
    upcast,
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

const keyOf = (streamId: StreamId, { name, version }: Folder) => `${name} ${version} ${streamId}`;

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
