import { z } from 'zod';
import { json, position, time } from './parts.ts';

const account = z.object({
  handled: z.number(),
  filtered: z.number(),
  dead: z.number(),
  parked: z.number(),
  skipped: z.number(),
  missing: z.number(),
  repeated: z.number(),
});

const finding = z.object({
  kind: z.enum([
    'checkpoint_moved',
    'events_missing',
    'events_repeated',
    'rows_missing',
    'rows_unknown',
    'code_changed',
  ]),
  message: z.string(),
  from: position.nullable(),
  to: position.nullable(),
  examples: z.array(z.string()),
  count: z.number(),
});

const asOf = z.object({
  name: z.string(),
  version: z.int(),
  position,
  at: time.nullable(),
  state: z.enum(['building', 'ready', 'failed']),
  eventsDone: z.number(),
  eventsTotal: z.number(),
  failure: z.string().nullable(),
  requestedBy: z.string(),
  expiresAt: time,
});

/** Answers about what projections made. */
export const inspectionResponses = {
  Completeness: z.object({
    name: z.string(),
    version: z.int(),
    checkpoint: position,
    highWaterMark: position,
    head: position,
    account,
    countedTo: position,
    rows: z.object({ looked: z.number(), nextAfter: z.string().nullable() }),
    complete: z.boolean(),
    findings: z.array(finding),
    skips: z.array(z.looseObject({ globalPosition: position, actor: z.string(), reason: z.string() })),
    held: z.object({ positions: z.number(), heldBy: z.looseObject({ processId: z.int() }).nullable() }),
    checkedMs: z.number(),
  }),
  Provenance: z.object({
    name: z.string(),
    version: z.int(),
    key: z.string(),
    streamId: z.string(),
    stored: json.nullable(),
    replayed: json.nullable(),
    equal: z.boolean(),
    differences: z.array(z.object({ field: z.string(), stored: z.json(), replayed: z.json() })),
    events: z.array(
      z.object({
        globalPosition: position,
        streamVersion: z.int(),
        eventType: z.string(),
        occurredAt: time,
        changed: z.array(z.string()),
        parked: z.boolean(),
      }),
    ),
    truncated: z.boolean(),
    firstDifference: z
      .object({
        globalPosition: position,
        streamVersion: z.int(),
        eventType: z.string(),
        cause: z.enum(['edited_by_hand', 'deleted_by_hand', 'event_lost', 'code_changed']),
        explanation: z.string(),
      })
      .nullable(),
  }),
  RowsCheck: z.object({
    name: z.string(),
    version: z.int(),
    checked: z.int(),
    different: z.array(z.string()),
    nextAfter: z.string().nullable(),
  }),
  Rows: z.object({
    name: z.string(),
    version: z.int(),
    table: z.string(),
    key: z.string(),
    columns: z.array(z.string()),
    rows: z.array(json),
    nextAfter: z.string().nullable(),
    position,
  }),
  AsOf: asOf,
  AsOfList: z.object({ asOf: z.array(asOf) }),
  AsOfClosed: z.object({ closed: z.boolean() }),
} as const;
