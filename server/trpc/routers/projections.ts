import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { Context } from '#server/trpc/context.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** A month, which is how far the history of lag reaches. */
const LAG_SECONDS_MAX = 31 * 86_400;

const one = z.strictObject({ name: input.name });
const version = z.int().min(1).max(1_000_000);
const eventsPerSecondMax = z.int().min(1).max(10_000_000);

/** Every act says why; who is known. */
const act = { name: input.name, reason: input.reason, version: version.optional() };
const actInput = z.strictObject(act);

/** Where the projections stand, and the acts on them. */
export const projectionsRouter = router({
  list: procedure('projections.read').query(({ ctx }) => ctx.services.projections.status()),

  get: procedure('projections.read')
    .input(one)
    .query(({ ctx, input: { name } }) => find(ctx, name)),

  /** The last quarter of an hour where no time is given. */
  lagHistory: procedure('projections.read')
    .input(
      z.strictObject({
        name: input.name,
        version: version.optional(),
        seconds: z.int().min(60).max(LAG_SECONDS_MAX).default(900),
      }),
    )
    .query(async ({ ctx, input: query }) => {
      await find(ctx, query.name);
      return { points: await ctx.services.pulse.lagHistory(query) };
    }),

  alerts: procedure('projections.read')
    .input(
      z.strictObject({
        projection: input.name.optional(),
        open: z.boolean().optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input: query }) => ({ alerts: await ctx.services.alerts.list(query) })),

  setObjective: procedure('projections.act')
    .input(
      z.strictObject({ name: input.name, reason: input.reason, seconds: z.number().min(0.1).max(LAG_SECONDS_MAX) }),
    )
    .mutation(({ ctx, input: request }) => ctx.services.alerts.setObjective({ ...request, actor: ctx.caller.name })),

  workers: procedure('projections.read').query(async ({ ctx }) => ({
    workers: await ctx.services.operations.workers(),
  })),

  blastRadius: procedure('projections.read', { cost: 3 })
    .input(
      z.strictObject({
        name: input.name,
        act: z.enum(['pause', 'resume', 'throttle', 'rebuild', 'cancel', 'rewind', 'promote', 'rollback', 'drop']),
        version: version.optional(),
        to: input.position.optional(),
        eventsPerSecondMax: eventsPerSecondMax.optional(),
      }),
    )
    .query(({ ctx, input: request }) => ctx.services.operations.blastRadius(request)),

  completeness: procedure('projections.read', { cost: 10 })
    .input(z.strictObject({ name: input.name, version: version.optional(), rowsAfter: z.string().max(600).optional() }))
    .query(({ ctx, input: query }) => ctx.services.inspection.completeness(query)),

  pause: procedure('projections.act')
    .input(actInput)
    .mutation(({ ctx, input: request }) => ctx.services.operations.pause({ ...request, actor: ctx.caller.name })),

  resume: procedure('projections.act')
    .input(actInput)
    .mutation(({ ctx, input: request }) => ctx.services.operations.resume({ ...request, actor: ctx.caller.name })),

  throttle: procedure('projections.act')
    .input(z.strictObject({ ...act, eventsPerSecondMax: eventsPerSecondMax.nullable() }))
    .mutation(({ ctx, input: request }) => ctx.services.operations.throttle({ ...request, actor: ctx.caller.name })),

  rebuild: procedure('projections.act')
    .input(
      z.strictObject({ name: input.name, reason: input.reason, eventsPerSecondMax: eventsPerSecondMax.optional() }),
    )
    .mutation(({ ctx, input: request }) => ctx.services.operations.rebuild({ ...request, actor: ctx.caller.name })),

  cancel: procedure('projections.act')
    .input(actInput)
    .mutation(({ ctx, input: request }) => ctx.services.operations.cancel({ ...request, actor: ctx.caller.name })),

  rewind: procedure('projections.act')
    .input(z.strictObject({ ...act, to: input.position }))
    .mutation(({ ctx, input: request }) => ctx.services.operations.rewind({ ...request, actor: ctx.caller.name })),

  promote: procedure('projections.act')
    .input(actInput)
    .mutation(({ ctx, input: request }) => ctx.services.operations.promote({ ...request, actor: ctx.caller.name })),

  rollback: procedure('projections.act')
    .input(z.strictObject({ name: input.name, reason: input.reason }))
    .mutation(({ ctx, input: request }) => ctx.services.operations.rollback({ ...request, actor: ctx.caller.name })),

  drop: procedure('projections.act')
    .input(z.strictObject({ ...act, version }))
    .mutation(({ ctx, input: request }) => ctx.services.operations.drop({ ...request, actor: ctx.caller.name })),
});

async function find({ services }: Pick<Context, 'services'>, name: string): Promise<ProjectionStatus> {
  const { projections } = await services.projections.status();
  const found = projections.find((projection) => projection.name === name);
  if (found !== undefined) return found;
  throw new TidemarkError('unknown-projection', `no projection is named ${name}`, { field: 'name' });
}
