import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const query = z
  .strictObject({
    who: z.string().min(1).max(256).optional(),
    act: input.name.optional(),
    outcome: z.enum(['done', 'refused', 'failed', 'unknown']).optional(),
    q: z.string().trim().min(1).max(256).optional(),
    from: input.time.optional(),
    to: input.time.optional(),
    before: input.version.optional(),
    limit: z.int().min(1).max(1000).default(100),
  })
  .superRefine(input.rangeInOrder);

/** Who did what, why and from where. */
export const auditRouter = router({
  list: procedure('audit.read')
    .input(query)
    .query(({ ctx, input: request }) => ctx.services.audit.list(request)),

  /** The same as `list`, recorded: entries leave the console. */
  export: procedure('audit.read', { audit: 'always', cost: 10 })
    .input(query)
    .query(({ ctx, input: request }) => ctx.services.audit.list(request)),

  verify: procedure('audit.read', { cost: 10 }).query(({ ctx }) => ctx.services.audit.verify()),
});
