import { z } from 'zod';
import { auditResponses } from './audit-schemas.ts';
import { compareResponses } from './compare-schemas.ts';
import { explorerResponses } from './explorer-schemas.ts';
import { gatewayResponses } from './gateway-schemas.ts';
import { identityResponses } from './identity-schemas.ts';
import { inspectionResponses } from './inspection-schemas.ts';
import { lagResponses } from './lag-schemas.ts';
import { json, position, time } from './parts.ts';
import { privacyResponses } from './privacy-schemas.ts';
import { processResponses } from './process-schemas.ts';
import { projectionResponses } from './projection-schemas.ts';
import { timelineResponses } from './timeline-schemas.ts';

const nextPosition = position
  .nullable()
  .meta({ description: 'Pass as `after` for the next page; null where there is none' });

const event = z.object({
  globalPosition: position,
  streamId: z.string(),
  category: z.string(),
  streamVersion: z.int().min(1),
  eventId: z.uuid(),
  eventType: z.string(),
  schemaVersion: z.int().min(1),
  data: json,
  metadata: json,
  occurredAt: time,
  recordedAt: time,
  unreadable: z
    .string()
    .optional()
    .meta({ description: 'Why its data stands as it was written, not in its present shape' }),
  dataBytes: z
    .int()
    .optional()
    .meta({ description: 'Where data is a preview, as payloadBytesMax asks for: how large the whole of it is' }),
});

const eventDetail = event.extend({
  original: z
    .object({ schemaVersion: z.int().min(1), data: json })
    .optional()
    .meta({ description: 'What was written, where an upcaster brought it to a newer schema version' }),
});

const commandType = z.object({
  commandType: z.string(),
  category: z.string(),
  title: z.string(),
  description: z.string(),
  opensStream: z.boolean(),
  schema: json,
});

const receipt = z.object({
  commandId: z.uuid(),
  commandType: z.string(),
  outcome: z.enum(['accepted', 'rejected', 'nothing_to_do']),
  repeated: z.boolean(),
  dryRun: z.boolean(),
  streamId: z.string(),
  streamVersion: z.int(),
  globalPosition: position.nullable(),
  events: z.array(
    z.object({
      eventId: z.uuid(),
      eventType: z.string(),
      streamVersion: z.int(),
      globalPosition: position.nullable(),
      data: json,
    }),
  ),
  state: json,
  steps: z.array(z.object({ step: z.string(), durationMs: z.number() })),
  projections: z.array(
    z.object({
      name: z.string(),
      sink: z.enum(['sql', 'search']),
      state: z.enum(['applied', 'pending', 'failed']),
      position,
      durationMs: z.number().nullable(),
    }),
  ),
  conflictRetries: z.int(),
  rejection: z.object({ code: z.string(), message: z.string() }).optional(),
  receivedAt: time,
  actor: z.string(),
});

const whatIf = z.object({
  commandType: z.string(),
  streamId: z.string(),
  version: z.int(),
  lastVersion: z.int(),
  outcome: z.enum(['accepted', 'rejected', 'nothing_to_do']),
  events: z.array(z.object({ eventType: z.string(), streamVersion: z.int(), data: json })),
  before: json,
  state: json,
  rejection: z.object({ code: z.string(), message: z.string() }).optional(),
});

/** What each answer looks like, for the OpenAPI document; the tests check real answers against them. */
export const responses = {
  Appended: z.object({
    streamId: z.string(),
    streamVersion: z.int(),
    globalPosition: position,
    appended: z.int(),
    duplicate: z.boolean(),
  }),
  Streams: z.object({
    streams: z.array(
      z.object({ streamId: z.string(), category: z.string(), streamVersion: z.int(), firstAt: time, lastAt: time }),
    ),
    nextAfter: z.string().nullable(),
  }),
  StreamEvents: z.object({ events: z.array(event), nextAfter: z.int().nullable() }),
  State: z.object({
    streamId: z.string(),
    category: z.string(),
    streamVersion: z.int(),
    state: json,
    snapshotVersion: z.int().nullable(),
    eventsFolded: z.int(),
    lastVersion: z.int(),
    foldMs: z.number(),
  }),
  Diff: z.object({
    from: z.int(),
    to: z.int(),
    patch: z.array(z.looseObject({ op: z.string(), path: z.string() })),
    before: json,
    after: json,
  }),
  Events: z.object({ events: z.array(event), nextAfter: nextPosition }),
  Event: eventDetail,
  ...timelineResponses,
  Density: z.object({
    from: time,
    to: time,
    bucketSeconds: z.number(),
    buckets: z.array(z.object({ start: time, counts: z.record(z.string(), z.number()) })),
    countedFrom: time.nullable().meta({ description: 'What occurred before it was not counted' }),
  }),
  CommandTypes: z.object({ commands: z.array(commandType) }),
  CommandType: commandType,
  WhatIf: whatIf,
  Receipt: receipt,
  Runs: z.object({
    runs: z.array(z.looseObject({ commandId: z.uuid(), outcome: z.string() })),
    nextAfter: z.uuid().nullable(),
  }),
  ReadModel: z.object({
    rows: z.array(
      z.object({
        orderId: z.string(),
        status: z.string(),
        customerId: z.string().nullable(),
        total: z.object({ amount: z.number(), currency: z.string() }).nullable(),
        streamVersion: z.int(),
        placedAt: time,
        updatedAt: time,
      }),
    ),
    position,
    nextAfter: z.string().nullable(),
  }),
  Hits: z.object({
    hits: z.array(
      z.object({
        streamId: z.string(),
        category: z.string(),
        title: z.string(),
        highlights: z.array(z.string()),
        score: z.number(),
        streamVersion: z.int(),
        match: z.enum(['words', 'alike']),
      }),
    ),
    rankedMax: z
      .int()
      .nullable()
      .meta({ description: 'More match than were ranked: the hits are the best of so many' }),
  }),
  ...explorerResponses,
  ...projectionResponses,
  ...lagResponses,
  ...gatewayResponses,
  ...auditResponses,
  ...identityResponses,
  ...inspectionResponses,
  ...privacyResponses,
  ...processResponses,
  ...compareResponses,
  Batch: z.object({ responses: z.array(z.object({ id: z.string(), status: z.int(), body: z.json() })) }),
  Problem: z.looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    requestId: z.string(),
    /** Of a command: every value of its data that is wrong, not the first alone. */
    faults: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  }),
} as const;

export type ResponseName = keyof typeof responses;
