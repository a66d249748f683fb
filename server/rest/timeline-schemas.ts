import { z } from 'zod';
import { position, time } from './parts.ts';

const buckets = z.array(z.object({ start: time, counts: z.record(z.string(), z.number()) }));

const timelineEvent = z.object({
  globalPosition: position,
  streamId: z.string(),
  streamVersion: z.number(),
  eventType: z.string(),
  eventId: z.uuid(),
  occurredAt: time,
  actor: z.string().nullable(),
  correlationId: z.string().nullable(),
  causationId: z.string().nullable(),
  parked: z.boolean(),
});

const counted = z.object({ value: z.string(), count: z.number() });

/** Answers of the timeline and of the facets. */
export const timelineResponses = {
  Timeline: z.object({
    from: time,
    to: time,
    bucketSeconds: z.number(),
    buckets,
    inWindow: z.record(z.string(), z.number()).meta({ description: 'Events of each lane within the window' }),
    newestOnly: z.number().nullable(),
    countedFrom: time.nullable().meta({ description: 'What occurred before it was not counted' }),
    events: z.array(timelineEvent).nullable(),
  }),
  Facets: z.looseObject({
    total: z.number(),
    categories: z.array(counted),
    eventTypes: z.array(counted.extend({ category: z.string() })),
    bounds: z.object({ from: time, to: time }).nullable(),
    newestOnly: z.number().nullable(),
  }),
  FacetValues: z.object({ values: z.array(counted), distinct: z.number(), newestOnly: z.number().nullable() }),
  PayloadFields: z.object({
    fields: z.array(
      z.object({
        path: z.string(),
        types: z.array(z.enum(['text', 'number', 'boolean', 'null'])),
        examples: z.array(z.union([z.string(), z.number(), z.boolean()])),
      }),
    ),
  }),
};
