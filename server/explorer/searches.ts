import type { Position } from '#server/kernel/position.ts';
import type { StreamId } from '#server/kernel/stream-id.ts';

export type SearchHit = {
  streamId: StreamId;
  category: string;
  title: string;
  /** Fragments in which matches stand between U+E000 and U+E001, so that nobody renders a document as HTML. */
  highlights: string[];
  score: number;
  streamVersion: number;
  /** Whether the words stand there, or only words that are spelt alike. */
  match: 'words' | 'alike';
};

/** Best first. `rankedMax` is set where more match than were ranked: then these are the best of so many. */
export type SearchHits = { hits: SearchHit[]; rankedMax: number | null };

/** An event that matches, and by what: `where` is the field of its payload, `text` has the match as highlights do. */
export type EventHit = {
  globalPosition: Position;
  streamId: StreamId;
  streamVersion: number;
  eventType: string;
  occurredAt: string;
  match: { by: 'position' | 'event id' | 'correlation' | 'payload'; where: string | null; text: string };
};

export type EventHits = {
  /** Types whose names have the text in them, or, where none has, are spelt like it, with how many events they have. */
  types: { eventType: string; count: number }[];
  hits: EventHit[];
  /** How many of the newest payloads are looked through; 0 where the text is too short for it. */
  payloadsLookedAt: number;
};

/**
 * Full text over documents. `reader`: who asks, where the readers of the index are split between two versions. `masked`:
 * fields whose values no highlight shows, nor, unless `found`, finds a document.
 */
export type SearchQuery = {
  q: string;
  category?: string;
  limit?: number;
  reader?: string;
  masked?: { names: readonly string[]; found: boolean };
};

/** A text in events: in those of `categories` alone where they are given, and not in `hiddenFields` of payloads. */
export type SearchedEvents = {
  q: string;
  limit?: number;
  categories?: readonly string[];
  hiddenFields?: readonly string[];
};
