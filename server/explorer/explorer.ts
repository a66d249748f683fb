import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';
import type { Causation } from './causations.ts';
import type { EventHits, SearchedEvents, SearchHits, SearchQuery } from './searches.ts';
import type { StreamQuestions } from './stream-questions.ts';
import type { Trace } from './traces.ts';

export type StreamSummary = {
  streamId: StreamId;
  category: string;
  streamVersion: number;
  firstAt: string;
  lastAt: string;
};

/** Streams that the newest events belong to; `growth` counts those events of each. */
export type RecentStreams = {
  streams: (StreamSummary & { growth: number })[];
  /** How many there are; those told are the first of them. */
  streamsFound: number;
  eventsLookedAt: number;
  /** When the oldest of these events was recorded; null where there is none. */
  since: string | null;
};

/** Streams by category. `complete` is false while the projection that counts them is far behind. */
export type StreamCounts = {
  /** By name; `firstPosition` is that of the category's first event. */
  categories: { category: string; streams: number; firstPosition: Position }[];
  complete: boolean;
};

export type StreamState = {
  streamId: StreamId;
  category: string;
  streamVersion: number;
  state: JsonObject;
  /** Version of the snapshot that the fold began from; null where it began at the first event. */
  snapshotVersion: number | null;
  eventsFolded: number;
  /** Versions the stream has by now, so that a slider knows its end. */
  lastVersion: number;
  /** Milliseconds that reading and folding took. */
  foldMs: number;
};

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation = { op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'; path: string } & JsonObject;

export type StreamDiff = {
  from: number;
  to: number;
  patch: PatchOperation[];
  /** The two states, so that a page can draw the lines. */
  before: JsonObject;
  after: JsonObject;
};

/** What narrows a view of events. Times are of `occurredAt`, from inclusive, to exclusive. */
export type EventFilter = {
  categories?: readonly string[];
  eventTypes?: readonly string[];
  streamId?: StreamId;
  correlationId?: string;
  actor?: string;
  from?: string;
  to?: string;
  /** Both inclusive. */
  firstPosition?: Position;
  lastPosition?: Position;
  /** Words that all stand in the payload, in any case. */
  q?: string;
  /** Fields of the payload that `q` does not look into: they are masked for who asks. */
  hiddenFields?: readonly string[];
  /** A condition on payload and metadata, as `expression-parser.ts` reads it. */
  where?: string;
};

export type EventsQuery = EventFilter & {
  after?: Position;
  limit?: number;
  direction?: 'forward' | 'backward';
};

/** The high-water mark of a moment, by the database's clock. */
export type Mark = { position: Position; at: string };

export type EventsPage = { events: RecordedEvent[]; nextAfter: Position | null };

/** The same filter as the table's. The rollups answer for categories and types; a stream, correlation or actor narrows to events themselves. */
export type DensityQuery = EventFilter & {
  /** 1 to 600. */
  buckets: number;
  by: 'category' | 'eventType';
};

export type Density = {
  from: string;
  to: string;
  bucketSeconds: number;
  /** Ascending; empty ones are left out. */
  buckets: { start: string; counts: Record<string, number> }[];
  /** What occurred before it was not counted, because only the newest positions were; null where all were. */
  countedFrom: string | null;
};

/** By what the timeline puts events into lanes. */
export type LaneBy = 'category' | 'eventType' | 'stream' | 'actor' | 'correlation';

/** What else can be counted by. */
export type FacetBy = 'stream' | 'actor' | 'correlation';

export type TimelineQuery = EventFilter & {
  from: string;
  to: string;
  /** 1 to 600, over twice the window. */
  buckets: number;
  lanesBy: LaneBy;
};

/** An event as the timeline draws it. */
export type TimelineEvent = Pick<
  RecordedEvent,
  'globalPosition' | 'streamId' | 'streamVersion' | 'eventType' | 'eventId' | 'occurredAt'
> & {
  actor: string | null;
  correlationId: string | null;
  causationId: string | null;
  /** A projection could not handle it, and nobody has skipped it. */
  parked: boolean;
};

/** Counts by lane over twice the window round its middle; the smallest lanes may be one, named `(other)`. */
export type Timeline = Density & {
  /** How many events of each lane the window itself has, to the second: a bucket may reach past its ends. */
  inWindow: Record<string, number>;
  /** Only the newest so many events were counted; null where all were. */
  newestOnly: number | null;
  /** The events of the window; null where they are more than 2,000. */
  events: TimelineEvent[] | null;
};

/** Counts of the values an operator filters by, over the whole range. */
export type Facets = {
  total: number;
  categories: { value: string; count: number }[];
  eventTypes: { value: string; category: string; count: number }[];
  /** First and last occurredAt in the store; null where it is empty. */
  bounds: { from: string; to: string } | null;
  /** Only the newest so many positions of the range were looked at; null where all were. */
  newestOnly: number | null;
};

/** Values of what the rollups do not know, most frequent first. */
export type FacetValues = {
  values: { value: string; count: number }[];
  /** How many there are. */
  distinct: number;
  newestOnly: number | null;
};

/** A field that a condition can name. */
export type PayloadField = {
  /** As a condition writes it: `data.total.amount`. */
  path: string;
  types: ('text' | 'number' | 'boolean' | 'null')[];
  /** Values seen, at most five. */
  examples: (string | number | boolean)[];
};

export type OrderRow = {
  orderId: string;
  status: string;
  /** Null where the order's first event does not say it. */
  customerId: string | null;
  total: { amount: number; currency: string } | null;
  streamVersion: number;
  placedAt: string;
  updatedAt: string;
};

export type ReadModelPage = { rows: OrderRow[]; position: Position; nextAfter: string | null };

/** The console's read-only questions. Nothing in here writes. */
export type Explorer = StreamQuestions & {
  listStreams(
    query: {
      category?: string;
      after?: string;
      limit?: number;
      /** With what ids begin, or what stands in them; one of the two. */
      prefix?: string;
      contains?: string;
    },
    signal?: AbortSignal,
  ): Promise<{ streams: StreamSummary[]; nextAfter: string | null }>;
  recentStreams(
    query: { category?: string; sort: 'last' | 'growth' | 'version' },
    signal?: AbortSignal,
  ): Promise<RecentStreams>;
  listCategories(signal?: AbortSignal): Promise<StreamCounts>;
  /** Names alone, which costs some probes of an index however many streams there are. */
  categoryNames(): Promise<string[]>;
  /** Rejects with `stream-not-found` where the stream has no event by then, `fold-failed` where the reducer throws. */
  streamState(query: { streamId: StreamId; version?: number; at?: string }): Promise<StreamState>;
  streamDiff(query: { streamId: StreamId; from: number; to: number }): Promise<StreamDiff>;
  /** One command and all that it caused; without events where nothing has this correlation. */
  trace(query: { correlationId: string }, signal?: AbortSignal): Promise<Trace>;
  /** What led to an event and what it led to. Rejects with `event-not-found`. */
  causation(query: { globalPosition: Position }, signal?: AbortSignal): Promise<Causation>;
  mark(): Promise<Mark>;
  listEvents(query: EventsQuery, signal?: AbortSignal): Promise<EventsPage>;
  density(query: DensityQuery, signal?: AbortSignal): Promise<Density>;
  timeline(query: TimelineQuery, signal?: AbortSignal): Promise<Timeline>;
  facets(query: EventFilter, signal?: AbortSignal): Promise<Facets>;
  /** Leaves the filter of what it counts out, so that the other values stay in sight. */
  facetValues(query: EventFilter & { by: FacetBy }, signal?: AbortSignal): Promise<FacetValues>;
  /** Fields of payloads: from the schemas of the commands, and those of the newest events. */
  fields(query: EventFilter, signal?: AbortSignal): Promise<{ fields: PayloadField[] }>;
  search(query: SearchQuery, signal?: AbortSignal): Promise<SearchHits>;
  searchEvents(query: SearchedEvents, signal?: AbortSignal): Promise<EventHits>;
  /** Rows of a read model; with `atLeast` it waits until the projection has passed it, or rejects `projection-behind`. */
  readModel(
    query: {
      name: string;
      status?: string;
      customerId?: string;
      after?: string;
      limit?: number;
      atLeast?: Position;
      waitForMs?: number;
      /** Who reads: one reader sees one version while a split is as it is. */
      reader?: string;
    },
    signal?: AbortSignal,
  ): Promise<ReadModelPage>;
};
