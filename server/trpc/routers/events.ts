import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';
import { previewOf, previewsOf } from '#server/trpc/previews.ts';

/** Single events and the global order. */
export const eventsRouter = router({
  list: procedure('events.read')
    .input(
      z
        .strictObject({
          ...input.filter,
          after: input.position.optional(),
          limit: input.limit,
          direction: input.direction,
          payloadBytesMax: input.payloadBytesMax,
        })
        .superRefine(input.rangeInOrder),
    )
    .query(async ({ ctx, input: { category, eventType, payloadBytesMax, ...query }, signal }) =>
      previewsOf(
        await ctx.services.explorer.listEvents({ ...query, categories: category, eventTypes: eventType }, signal),
        payloadBytesMax,
      ),
    ),

  get: procedure('events.read')
    .input(z.strictObject({ globalPosition: input.position, payloadBytesMax: input.payloadBytesMax }))
    .query(async ({ ctx, input: { globalPosition, payloadBytesMax } }) => {
      const event = await ctx.services.eventStore.readEvent(globalPosition);
      if (event === undefined) {
        throw new TidemarkError('event-not-found', `no event stands at position ${globalPosition}`, { globalPosition });
      }
      return previewOf(event, payloadBytesMax);
    }),

  trace: procedure('events.read')
    .input(z.strictObject({ correlationId: z.string().min(1).max(256) }))
    .query(({ ctx, input: query, signal }) => ctx.services.explorer.trace(query, signal)),

  causation: procedure('events.read')
    .input(z.strictObject({ globalPosition: input.position }))
    .query(({ ctx, input: query, signal }) => ctx.services.explorer.causation(query, signal)),

  mark: procedure('events.read').query(({ ctx }) => ctx.services.explorer.mark()),

  density: procedure('events.read')
    .input(
      z
        .strictObject({
          ...input.filter,
          buckets: z.int().min(1).max(600).default(120),
          by: z.enum(['category', 'eventType']).default('category'),
        })
        .superRefine(input.rangeInOrder),
    )
    .query(({ ctx, input: { category, eventType, ...query }, signal }) =>
      ctx.services.explorer.density({ ...query, categories: category, eventTypes: eventType }, signal),
    ),

  timeline: procedure('events.read', { cost: 3 })
    .input(
      z
        .strictObject({
          ...input.filter,
          from: input.time,
          to: input.time,
          buckets: z.int().min(1).max(600).default(600),
          lanesBy: z.enum(['category', 'eventType', 'stream', 'actor', 'correlation']).default('category'),
        })
        .superRefine(input.rangeInOrder),
    )
    .query(({ ctx, input: { category, eventType, ...query }, signal }) =>
      ctx.services.explorer.timeline({ ...query, categories: category, eventTypes: eventType }, signal),
    ),

  facets: procedure('events.read', { cost: 3 })
    .input(z.strictObject(input.filter).superRefine(input.rangeInOrder))
    .query(({ ctx, input: { category, eventType, ...query }, signal }) =>
      ctx.services.explorer.facets({ ...query, categories: category, eventTypes: eventType }, signal),
    ),

  facetValues: procedure('events.read', { cost: 3 })
    .input(
      z
        .strictObject({ ...input.filter, by: z.enum(['stream', 'actor', 'correlation']) })
        .superRefine(input.rangeInOrder),
    )
    .query(({ ctx, input: { category, eventType, ...query }, signal }) =>
      ctx.services.explorer.facetValues({ ...query, categories: category, eventTypes: eventType }, signal),
    ),

  fields: procedure('events.read', { cost: 3 })
    .input(z.strictObject(input.filter).superRefine(input.rangeInOrder))
    .query(({ ctx, input: { category, eventType, ...query }, signal }) =>
      ctx.services.explorer.fields({ ...query, categories: category, eventTypes: eventType }, signal),
    ),
});
