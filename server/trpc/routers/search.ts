import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Full text over the search read model. */
export const searchRouter = router({
  query: procedure('read-models.read', { cost: 3 })
    .input(
      z.strictObject({
        q: z.string().trim().min(1, 'must have at least one character').max(256),
        category: input.name.optional(),
        limit: z.int().min(1).max(100).default(20),
        reader: input.reader.optional(),
      }),
    )
    .query(({ ctx, input: query, signal }) =>
      ctx.services.explorer.search({ ...query, reader: query.reader ?? ctx.caller.id }, signal),
    ),

  events: procedure('events.read')
    .input(
      z.strictObject({
        q: z.string().trim().min(1, 'must have at least one character').max(256),
        limit: z.int().min(1).max(100).default(20),
      }),
    )
    .query(({ ctx, input: query, signal }) => ctx.services.explorer.searchEvents(query, signal)),
});
