import { z } from 'zod';
import { time } from './parts.ts';

const bucket = z.object({ ratePerSecond: z.number(), burst: z.number() });
const limits = z.object({ operator: bucket, 'api-key': bucket, service: bucket, address: bucket, failure: bucket });

const route = z.object({
  category: z.string(),
  url: z.string(),
  timeoutMs: z.int(),
  allow: z.array(z.string()),
});

export const gatewayResponses = {
  ServiceRoute: z.object({ route, key: z.string() }),
  ServiceRouteRemoved: z.object({ removed: z.boolean() }),
  Limits: limits,
  Gateway: z.object({
    limits,
    counting: z.enum(['shared', 'memory']),
    traffic: z.object({
      requests: z.array(z.int()),
      refusals: z.array(z.int()),
      callers: z.array(z.object({ name: z.string(), kind: z.string(), requests: z.int(), cost: z.number() })),
      codes: z.array(z.object({ code: z.string(), count: z.int(), lastAt: time })),
    }),
    routes: z.array(
      route.extend({
        breaker: z.enum(['closed', 'open', 'half_open']),
        requests: z.int(),
        failures: z.int(),
        lastFailure: z.object({ at: time, message: z.string() }).nullable(),
      }),
    ),
    process: z.object({ id: z.int(), startedAt: time }),
  }),
};
