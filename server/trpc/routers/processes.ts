import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Process managers, and the processes they carry. */
export const processesRouter = router({
  managers: procedure('projections.read').query(({ ctx }) => ctx.services.processes.managers()),

  list: procedure('projections.read')
    .input(
      z.strictObject({
        manager: input.name.optional(),
        show: z.enum(['failing', 'waiting', 'all']).default('all'),
        after: input.streamId.optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.processes.list(query)),
});
