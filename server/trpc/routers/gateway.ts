import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

// Whole, as they are shown: of a rate of 1.5 the console would tell 2.
const bucket = z.strictObject({
  ratePerSecond: z.int('must be a whole number').min(1).max(1_000_000),
  burst: z.int('must be a whole number').min(1).max(10_000_000),
});

/** The door of the API: what may pass, and what did. */
export const gatewayRouter = router({
  status: procedure('settings.read').query(async ({ ctx }) => ({
    ...(await ctx.services.gateway.status()),
    routes: await ctx.services.serviceRoutes.status(),
  })),

  setRoute: procedure('settings.manage')
    .input(
      z.strictObject({
        category: input.name,
        url: z
          .url({ protocol: /^https?$/, error: 'must be an address such as https://orders.internal/api/v1' })
          .max(512),
        timeoutMs: z.int().min(50).max(30_000).default(3000),
        allow: z.array(z.string().min(1).max(256)).max(20).default([]),
        reason: input.reason,
      }),
    )
    .mutation(({ ctx, input: { reason: _, ...route } }) => ctx.services.serviceRoutes.set(route)),

  removeRoute: procedure('settings.manage')
    .input(z.strictObject({ category: input.name, reason: input.reason }))
    .mutation(({ ctx, input: { category } }) => ctx.services.serviceRoutes.remove(category)),

  setLimits: procedure('settings.manage')
    .input(
      z.strictObject({
        limits: z.strictObject({
          operator: bucket,
          'api-key': bucket,
          service: bucket,
          address: bucket,
          failure: bucket,
        }),
        reason: input.reason,
      }),
    )
    .mutation(({ ctx, input: { limits } }) => ctx.services.gateway.setLimits(limits)),
});
