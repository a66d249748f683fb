import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Where the projections stand. */
export const projectionsRouter = router({
  list: procedure.query(({ ctx }) => ctx.services.projections.status()),

  get: procedure.input(z.strictObject({ name: input.name })).query(async ({ ctx, input: { name } }) => {
    const { projections } = await ctx.services.projections.status();
    const found = projections.find((projection) => projection.name === name);
    if (found === undefined) {
      throw new TidemarkError('unknown-projection', `no projection is named ${name}`, { field: 'name' });
    }
    return found;
  }),

  lagHistory: procedure
    .input(z.strictObject({ name: input.name }))
    .query(({ ctx, input: { name } }) => ({ points: ctx.services.pulse.lagHistory(name) })),
});
