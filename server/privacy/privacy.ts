import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';

/** What is private of one event, for whoever looks at it. */
export type EventPrivacy = {
  globalPosition: Position;
  streamId: string;
  eventType: string;
  /** Fields that are masked, sealed ones among them. */
  masked: string[];
  sealed: string[];
  /** Sealed fields whose key was destroyed. */
  forgotten: string[];
  /** Whom the sealed fields are about; null where there is none. */
  subject: string | null;
  redacted: { reason: string; actor: string; at: string } | null;
};

/** What an act would touch, counted before it is done. */
export type PrivacyRadius = {
  /** The events whose content can't be read afterwards. */
  events: number;
  streams: number;
  /** Commands whose data or receipt have the content. */
  commands: number;
  snapshots: number;
  /** Rows of read models that are made anew, by projection and version. */
  rows: { name: string; version: number }[];
  /** Projections that don't say which rows a stream made: to be rebuilt by hand where they keep payloads. */
  notRemade: string[];
};

export type Redacted = { globalPosition: Position; streamId: string; eventType: string } & Omit<
  PrivacyRadius,
  'events' | 'streams'
>;

/** What keeps payloads from those they are not for. `server/runtime.ts` puts it together. */
export type Privacy = {
  /**
   * Data with its personal fields sealed, as it is kept; the same object where the category has none. Rejects with
   * `bad-request` where a personal field stands without the person it is about. A `preview` writes nothing: it seals by
   * the keys that there are, so that what is said again is like what is kept.
   */
  seal(category: string, data: JsonObject, how?: 'kept' | 'preview'): Promise<JsonObject> | JsonObject;
  /** An answer with what is sealed opened (`opened`), or masked beside every field that is marked. */
  shown<Answer>(answer: Answer, how: 'opened' | 'masked'): Promise<Answer> | Answer;
  /** Names of fields whose values are masked: a condition on one would tell what they are. */
  maskedNames(): Promise<ReadonlySet<string>>;
  fields(): Promise<{ fields: { name: string; category: string | null; sealedFor: string | null }[] }>;
  setMaskedFields(names: readonly string[], actor: string): Promise<void>;
  /** Rejects with `event-not-found`. */
  about(globalPosition: Position): Promise<EventPrivacy>;
  redactRadius(globalPosition: Position): Promise<PrivacyRadius>;
  /** Removes the data of one event wherever it was copied to. Rejects with `event-not-found` or `act-refused`. */
  redact(request: { globalPosition: Position; reason: string; actor: string }): Promise<Redacted>;
  /** Events are looked for among the newest `eventsLookedAt`; what is sealed in older ones goes with the key all the same. */
  forgetRadius(subject: string): Promise<{ keys: number; events: number; streams: number; eventsLookedAt: number }>;
  /** Destroys the person's key: nothing that was sealed by it is ever read again. Rejects with `not-found`. */
  forget(subject: string): Promise<{ keys: number }>;
};
