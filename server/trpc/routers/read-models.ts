import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const version = z.int().min(1).max(1_000_000);
const key = z.string().min(1).max(512);
const ofVersion = { name: input.name, version: version.optional() };
const page = {
  prefix: z
    .string()
    .max(512)
    .optional()
    .meta({ description: 'Only keys that begin with it; the key that is it comes first' }),
  after: z.string().max(512).optional(),
  limit: z.int().min(1).max(1000).default(100),
};

/** Rows of the read models: now, of any version, as of a moment, and where each comes from. */
export const readModelsRouter = router({
  list: procedure('read-models.read')
    .input(
      z.strictObject({
        name: input.name,
        status: z.enum(['placed', 'confirmed', 'cancelled', 'shipped', 'delivered', 'returned']).optional(),
        customerId: z.string().min(1).max(128).optional(),
        after: z.string().max(512).optional(),
        limit: input.limit,
        atLeast: input.position.optional(),
        waitForMs: z.int().min(0).max(30_000).default(5000),
        reader: input.reader.optional(),
      }),
    )
    .query(({ ctx, input: query, signal }) =>
      ctx.services.explorer.readModel({ ...query, reader: query.reader ?? ctx.caller.id }, signal),
    ),

  rows: procedure('read-models.read')
    .input(z.strictObject({ ...ofVersion, ...page }))
    .query(({ ctx, input: query }) => ctx.services.inspection.rows(query)),

  provenance: procedure('read-models.read', { cost: 5 })
    .input(z.strictObject({ ...ofVersion, key }))
    .query(({ ctx, input: query }) => ctx.services.inspection.provenance(query)),

  checkRows: procedure('read-models.read', { cost: 10 })
    .input(z.strictObject({ ...ofVersion, ...page }))
    .query(({ ctx, input: query }) => ctx.services.inspection.checkRows(query)),

  listAsOf: procedure('read-models.read')
    .input(z.strictObject({ name: input.name.optional() }))
    .query(({ ctx, input: query }) => ctx.services.inspection.listAsOf(query)),

  openAsOf: procedure('projections.act')
    .input(z.strictObject({ name: input.name, position: input.position.optional(), at: input.time.optional() }))
    .mutation(({ ctx, input: request }) => ctx.services.inspection.openAsOf({ ...request, actor: ctx.caller.name })),

  closeAsOf: procedure('projections.act')
    .input(z.strictObject({ name: input.name, version }))
    .mutation(({ ctx, input: request }) => ctx.services.inspection.closeAsOf({ ...request, actor: ctx.caller.name })),
});
