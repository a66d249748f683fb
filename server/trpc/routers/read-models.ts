import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Rows of the SQL read models. */
export const readModelsRouter = router({
  list: procedure
    .input(
      z.strictObject({
        name: input.name,
        status: z.enum(['placed', 'confirmed', 'cancelled', 'shipped', 'delivered', 'returned']).optional(),
        customerId: z.string().min(1).max(128).optional(),
        after: z.string().max(512).optional(),
        limit: input.limit,
        atLeast: input.position.optional(),
        waitForMs: z.int().min(0).max(30_000).default(5000),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.explorer.readModel(query)),
});
