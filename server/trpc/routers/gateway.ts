import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const bucket = z.strictObject({
  ratePerSecond: z.number().min(0.1).max(1_000_000),
  burst: z.number().min(1).max(10_000_000),
});

/** The door of the API: what may pass, and what did. */
export const gatewayRouter = router({
  status: procedure('settings.read').query(({ ctx }) => ctx.services.gateway.status()),

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
