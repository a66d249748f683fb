import { z } from 'zod';
import { json, position, time } from './parts.ts';

const run = z.enum(['running', 'catching_up', 'rebuilding', 'paused', 'stalled', 'faulted', 'stopped']);
const by = z.object({ actor: z.string(), reason: z.string(), at: time });
const estimate = z.object({ low: z.number(), seconds: z.number(), high: z.number() });

const version = z.object({
  version: z.int(),
  codeVersion: z.int(),
  state: z.enum(['serving', 'building', 'retired', 'scratch']),
  run,
  checkpoint: position,
  lagEvents: z.number(),
  lagSeconds: z.number(),
  eventsHandled: z.number(),
  parked: z.int(),
  progress: z
    .object({
      eventsDone: z.number(),
      eventsTotal: z.number(),
      eventsPerSecond: z.number(),
      timeLeft: estimate.nullable(),
    })
    .nullable(),
  eventsPerSecondMax: z.number().nullable(),
  paused: by.nullable(),
  begun: by,
  built: z.boolean().meta({ description: 'Whole, whether or not readers see it' }),
  promotable: z.boolean(),
  whyNot: z.string().nullable(),
  worker: z.object({ processId: z.int(), host: z.string(), leasedSeconds: z.number() }).nullable(),
  epoch: z.int(),
  refusedWrites: z.int(),
});

const projection = z.object({
  name: z.string(),
  title: z.string(),
  sink: z.enum(['sql', 'search']),
  state: run,
  version: z.int(),
  checkpoint: position,
  lagEvents: z.number(),
  lagSeconds: z.number(),
  arrivalRate: z.number(),
  drainRate: z.number(),
  etaSeconds: z.number().nullable(),
  lag: z.object({
    objectiveSeconds: z.number(),
    eta: estimate.nullable(),
    trend: z.enum(['falling', 'steady', 'growing']),
    cause: z.enum(['slow_handler', 'poison_event', 'held_mark', 'lease_lost', 'no_worker', 'paused']).nullable(),
    message: z.string().nullable(),
  }),
  onFailure: z.enum(['stop', 'park']),
  parked: z.int(),
  previousVersion: z.int().nullable(),
  versions: z.array(version),
});

const parked = z.object({
  projection: z.string(),
  version: z.int(),
  globalPosition: position,
  streamId: z.string(),
  streamVersion: z.int(),
  eventType: z.string(),
  state: z.enum(['failed', 'waiting', 'skipped']),
  fingerprint: z.string(),
  message: z.string(),
  attempts: z.int(),
  parkedAt: time,
  lastFailedAt: time.nullable(),
  nextRetryAt: time.nullable(),
  waiting: z.int(),
  skipped: by.nullable(),
});

/** Answers about projections. */
export const projectionResponses = {
  Projections: z.object({
    projections: z.array(projection),
    highWaterMark: position,
    head: position,
    heldBy: z.looseObject({ processId: z.int() }).nullable(),
  }),
  Projection: projection,
  BlastRadius: z.object({
    name: z.string(),
    act: z.string(),
    version: z.int(),
    eventsToRead: z.number(),
    time: estimate.nullable(),
    serving: z.boolean(),
    lastMinute: z.object({ reads: z.number(), commands: z.number() }),
    rows: z.number(),
    rowsCounted: z.boolean(),
    bytes: z.number(),
    effects: z.array(z.string()),
    irreversible: z.array(z.string()),
    refused: z.string().nullable(),
  }),
  Act: z.object({
    name: z.string(),
    act: z.string(),
    version: z.int(),
    globalPosition: position,
    streamVersion: z.int(),
  }),
  Workers: z.object({
    workers: z.array(
      z.object({
        processId: z.int(),
        host: z.string(),
        startedAt: time,
        silentSeconds: z.number(),
        runs: z.array(z.string()),
      }),
    ),
  }),
  Parked: z.object({ events: z.array(parked), nextAfter: position.nullable() }),
  ParkedGroups: z.object({
    groups: z.array(
      z.object({
        fingerprint: z.string(),
        projection: z.string(),
        version: z.int(),
        message: z.string(),
        events: z.int(),
        streams: z.int(),
        waiting: z.int(),
        eventTypes: z.array(z.string()),
        firstAt: time,
        lastAt: time,
        attemptsMax: z.int(),
        nextRetryAt: time.nullable(),
      }),
    ),
    total: z.int(),
  }),
  ParkedDetail: parked.extend({
    stack: z.string(),
    event: z.looseObject({ globalPosition: position, data: json }).nullable(),
    waitingPositions: z.array(position),
  }),
  ParkedRetry: z.object({ requested: z.int(), globalPosition: position.nullable() }),
  ParkedSkip: z.object({ skipped: z.int(), globalPosition: position.nullable() }),
} as const;
