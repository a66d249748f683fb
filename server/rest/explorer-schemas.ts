import { z } from 'zod';
import { position, time } from './parts.ts';

const versionEvent = z.object({
  streamVersion: z.int(),
  globalPosition: position,
  eventType: z.string(),
  occurredAt: time,
  actor: z.string().nullable(),
});

const relatedEvent = z.object({
  kind: z.literal('event'),
  globalPosition: position,
  streamId: z.string(),
  streamVersion: z.int(),
  eventType: z.string(),
  occurredAt: time,
});

const relatedCommand = z.object({
  kind: z.literal('command'),
  commandId: z.string(),
  commandType: z.string().nullable(),
});

const unfoldable = z.object({ streamVersion: z.int(), message: z.string() }).nullable();

/** Answers of the stream's page and of traces. */
export const explorerResponses = {
  EventHits: z.object({
    types: z.array(z.object({ eventType: z.string(), count: z.number() })),
    hits: z.array(
      z.object({
        globalPosition: position,
        streamId: z.string(),
        streamVersion: z.int(),
        eventType: z.string(),
        occurredAt: time,
        match: z.object({
          by: z.enum(['position', 'event id', 'correlation', 'payload']),
          where: z.string().nullable(),
          text: z.string(),
        }),
      }),
    ),
    payloadsLookedAt: z.int(),
  }),
  Causation: z.object({
    causes: z.array(z.union([relatedCommand, relatedEvent])),
    causesTruncated: z.boolean(),
    siblings: z.array(relatedEvent),
    effects: z.array(relatedEvent),
    eventsMax: z.int(),
    truncated: z.boolean(),
  }),
  RecentStreams: z.object({
    streams: z.array(
      z.object({
        streamId: z.string(),
        category: z.string(),
        streamVersion: z.int(),
        firstAt: time,
        lastAt: time,
        growth: z.int(),
      }),
    ),
    streamsFound: z.int(),
    eventsLookedAt: z.int(),
    since: time.nullable(),
  }),
  Bisection: z.object({
    found: versionEvent.nullable(),
    holds: z.boolean(),
    scannedTo: z.int(),
    lastVersion: z.int(),
    nextAfter: z.int().nullable(),
    unseen: z.array(z.object({ path: z.string(), near: z.string().nullable() })),
    unfoldable,
  }),
  FieldChanges: z.object({
    path: z.string(),
    changes: z.array(versionEvent.extend({ before: z.json().optional(), after: z.json().optional() })),
    scannedFrom: z.int(),
    lastVersion: z.int(),
    nextUpTo: z.int().nullable(),
    unfoldable,
  }),
  FieldsOverTime: z.object({
    versions: z.array(z.int()),
    at: z.array(time),
    series: z.array(
      z.object({
        path: z.string(),
        kind: z.enum(['number', 'state']),
        values: z.array(z.union([z.number(), z.string(), z.boolean(), z.null()])),
      }),
    ),
    lastVersion: z.int(),
    leftOut: z.int(),
    unfoldable,
  }),
  Trace: z.object({
    correlationId: z.string(),
    events: z.array(
      z.object({
        globalPosition: position,
        streamId: z.string(),
        category: z.string(),
        streamVersion: z.int(),
        eventId: z.uuid(),
        eventType: z.string(),
        commandId: z.string().nullable(),
        causationId: z.string().nullable(),
        actor: z.string().nullable(),
        occurredAt: time,
        recordedAt: time,
      }),
    ),
    commands: z.array(
      z.object({
        commandId: z.uuid(),
        commandType: z.string(),
        streamId: z.string(),
        outcome: z.string(),
        actor: z.string(),
        receivedAt: time,
        durationMs: z.number(),
        steps: z.array(z.object({ step: z.string(), durationMs: z.number() })),
        projections: z.array(
          z.looseObject({ name: z.string(), sink: z.string(), state: z.string(), durationMs: z.number().nullable() }),
        ),
      }),
    ),
    projections: z.array(
      z.object({
        name: z.string(),
        sink: z.string(),
        checkpoint: position,
        categories: z.array(z.string()).nullable(),
      }),
    ),
    eventsMax: z.int(),
    truncated: z.boolean(),
  }),
} as const;
