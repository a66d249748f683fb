import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const version = z.int().min(1).max(1_000_000).optional();
const fingerprint = z.string().regex(/^[0-9a-f]{12}$/, 'must be the 12 letters and digits of a group');

/** One, ten or all: by position, by group, or all of a projection up to `limit`, oldest first. */
const choice = z.strictObject({
  projection: input.name,
  version,
  positions: z.array(input.position).min(1).max(1000).optional(),
  fingerprint: fingerprint.optional(),
  limit: z.int().min(1).max(10_000).optional(),
  reason: input.reason,
});

/** Events that a projection could not handle, and what is done about them. */
export const parkedRouter = router({
  groups: procedure('projections.read')
    .input(z.strictObject({ projection: input.name.optional() }))
    .query(({ ctx, input: query }) => ctx.services.operations.parkedGroups(query)),

  list: procedure('projections.read')
    .input(
      z.strictObject({
        projection: input.name.optional(),
        fingerprint: fingerprint.optional(),
        state: z.enum(['failed', 'waiting', 'skipped']).optional(),
        position: input.position.optional(),
        after: input.position.optional(),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.operations.parkedEvents(query)),

  get: procedure('projections.read')
    .input(z.strictObject({ projection: input.name, version, position: input.position }))
    .query(({ ctx, input: query }) => ctx.services.operations.parkedEvent(query)),

  retry: procedure('parked.act')
    .input(choice)
    .mutation(({ ctx, input: request }) => ctx.services.operations.retryParked({ ...request, actor: ctx.caller.name })),

  skip: procedure('parked.act')
    .input(
      choice.refine((request) => request.positions !== undefined || request.fingerprint !== undefined, {
        path: ['positions'],
        message: 'must be there, or fingerprint: what is skipped is named',
      }),
    )
    .mutation(({ ctx, input: request }) => ctx.services.operations.skipParked({ ...request, actor: ctx.caller.name })),
});
