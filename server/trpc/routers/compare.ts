import { z } from 'zod';
import * as terms from '#server/domain/experiment/terms.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const id = z.string().regex(/^[0-9A-Za-z-]{1,40}$/, 'must be the id of an experiment');
const one = z.strictObject({ id });
const withReason = z.strictObject({ id, reason: input.reason });

/** Two versions side by side: experiments, how far each is, what it found, and the switch. */
export const compareRouter = router({
  candidates: procedure('compare.read').query(({ ctx }) => ctx.services.compare.candidates()),

  list: procedure('compare.read')
    .input(z.strictObject({ subject: input.name.optional(), limit: z.int().min(1).max(200).default(50) }))
    .query(({ ctx, input: query }) => ctx.services.compare.list(query)),

  get: procedure('compare.read')
    .input(one)
    .query(({ ctx, input: query }) => ctx.services.compare.get(query)),

  create: procedure('compare.act')
    .input(terms.draft)
    .mutation(({ ctx, input: request }) => ctx.services.compare.create({ ...request, actor: ctx.caller.name })),

  start: procedure('compare.act')
    .input(one)
    .mutation(({ ctx, input: request }) => ctx.services.compare.start({ ...request, actor: ctx.caller.name })),

  cancel: procedure('compare.act')
    .input(one)
    .mutation(({ ctx, input: request }) => ctx.services.compare.cancel({ ...request, actor: ctx.caller.name })),

  setRules: procedure('compare.act')
    .input(z.strictObject({ id, rules: terms.rules }))
    .mutation(({ ctx, input: request }) => ctx.services.compare.setRules({ ...request, actor: ctx.caller.name })),

  rows: procedure('compare.read')
    .input(
      z.strictObject({
        id,
        cause: z.int().min(0).max(10_000).optional(),
        after: z
          .string()
          .regex(/^\d{1,18}$/, 'must be what the page before ended with')
          .optional(),
        limit: z.int().min(1).max(500).default(50),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.compare.rows(query)),

  parting: procedure('compare.read')
    .input(z.strictObject({ id, key: z.string().min(1).max(512) }))
    .query(({ ctx, input: query }) => ctx.services.compare.parting(query)),

  split: procedure('compare.act')
    .input(z.strictObject({ id, reason: input.reason, percent: z.number().min(0).max(50) }))
    .mutation(({ ctx, input: request }) => ctx.services.compare.split({ ...request, actor: ctx.caller.name })),

  blastRadius: procedure('compare.read')
    .input(z.strictObject({ id, act: z.enum(['promote', 'rollback']) }))
    .query(({ ctx, input: query }) => ctx.services.compare.blastRadius(query)),

  promote: procedure('compare.act')
    .input(withReason)
    .mutation(({ ctx, input: request }) => ctx.services.compare.promote({ ...request, actor: ctx.caller.name })),

  rollback: procedure('compare.act')
    .input(withReason)
    .mutation(({ ctx, input: request }) => ctx.services.compare.rollback({ ...request, actor: ctx.caller.name })),

  abandon: procedure('compare.act')
    .input(withReason)
    .mutation(({ ctx, input: request }) => ctx.services.compare.abandon({ ...request, actor: ctx.caller.name })),

  export: procedure('compare.read')
    .input(z.strictObject({ id, format: z.enum(['json', 'markdown']).default('markdown') }))
    .query(({ ctx, input: query }) => ctx.services.compare.export(query)),
});
