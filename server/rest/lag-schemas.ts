import { z } from 'zod';
import { position, time } from './parts.ts';

/** Answers about lag, objectives and alerts. */
export const lagResponses = {
  LagHistory: z.object({
    points: z
      .array(
        z.object({
          at: time,
          lagEvents: z.number(),
          lagSeconds: z.number(),
          arrivalRate: z.number(),
          drainRate: z.number(),
        }),
      )
      .max(300),
  }),
  Objective: z.object({
    name: z.string(),
    objectiveSeconds: z.number(),
    globalPosition: position,
    streamVersion: z.int(),
  }),
  Alerts: z.object({
    alerts: z.array(
      z.object({
        alertId: z.uuid(),
        projection: z.string(),
        objectiveSeconds: z.number(),
        worstSeconds: z.number(),
        cause: z.string().nullable(),
        message: z.string(),
        raisedAt: time,
        resolvedAt: time.nullable(),
        deliveries: z.array(
          z.object({
            deliveryId: z.uuid(),
            kind: z.enum(['raised', 'resolved']),
            state: z.enum(['pending', 'delivered', 'given_up']),
            attempts: z.array(
              z.object({
                at: time,
                durationMs: z.number(),
                status: z.int().nullable(),
                error: z.string().nullable(),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
} as const;
