import { z } from 'zod';
import type { AppendRequest } from '#server/event-store/event-store.ts';
import type { StreamState } from '#server/explorer/explorer.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { NewEvent } from '#server/kernel/event.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import { SYSTEM_CATEGORIES } from '#server/kernel/system-categories.ts';
import type { Privacy } from '#server/privacy/privacy.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';
import { previewsOf } from '#server/trpc/previews.ts';
import { routedState } from '#server/trpc/routed.ts';

/** Streams: append, list, read, state and diff. */
export const streamsRouter = router({
  append: procedure('streams.append', { audit: 'operators' })
    .input(input.appendInput)
    .mutation(async ({ ctx, input: request }) => {
      refuseOwnCategory(request.streamId);
      const { privacy, eventStore } = ctx.services;
      const events = await sealedEvents(privacy, request);
      const { positions: _, ...result } = await eventStore.append({ ...request, events });
      return result;
    }),

  list: procedure('events.read')
    .input(
      z
        .strictObject({
          category: input.name.optional(),
          after: z.string().max(512).optional(),
          limit: input.limit,
          prefix: z.string().min(1).max(512).optional(),
          contains: z.string().min(1).max(512).optional(),
        })
        .refine((query) => query.prefix === undefined || query.contains === undefined, {
          path: ['contains'],
          message: 'must not stand beside prefix: give one of the two',
        }),
    )
    .query(({ ctx, input: query, signal }) => ctx.services.explorer.listStreams(query, signal)),

  recent: procedure('events.read')
    .input(
      z.strictObject({
        category: input.name.optional(),
        sort: z.enum(['last', 'growth', 'version']).default('last'),
      }),
    )
    .query(({ ctx, input: query, signal }) => ctx.services.explorer.recentStreams(query, signal)),

  categories: procedure('events.read').query(({ ctx, signal }) => ctx.services.explorer.listCategories(signal)),

  events: procedure('events.read')
    .input(
      z.strictObject({
        streamId: input.streamId,
        after: input.version.optional(),
        limit: input.limit,
        direction: input.direction,
        payloadBytesMax: input.payloadBytesMax,
      }),
    )
    .query(async ({ ctx, input: { streamId, payloadBytesMax, ...options } }) =>
      previewsOf(await ctx.services.eventStore.readStream(streamId, options), payloadBytesMax),
    ),

  state: procedure('events.read')
    .input(
      z
        .strictObject({ streamId: input.streamId, version: input.version.min(1).optional(), at: input.time.optional() })
        .refine((query) => query.version === undefined || query.at === undefined, {
          path: ['at'],
          message: 'must not stand beside version: give one of the two',
        }),
    )
    .query(
      async ({ ctx, input: query }) =>
        ((await routedState(ctx, query)) as StreamState | undefined) ?? ctx.services.explorer.streamState(query),
    ),

  diff: procedure('events.read')
    .input(
      z
        .strictObject({ streamId: input.streamId, from: input.version, to: input.version.min(1) })
        .refine((query) => query.from <= query.to, { path: ['from'], message: 'must not be above to' }),
    )
    .query(({ ctx, input: query }) => ctx.services.explorer.streamDiff(query)),

  bisect: procedure('events.read')
    .input(
      z.strictObject({
        streamId: input.streamId,
        where: z
          .string()
          .min(1)
          .max(1000)
          .meta({ examples: ['status = "shipped"'] }),
        after: input.version.optional(),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.explorer.bisect(query)),

  fieldChanges: procedure('events.read')
    .input(
      z.strictObject({
        streamId: input.streamId,
        path: z
          .string()
          .min(1)
          .max(500)
          .meta({ examples: ['total.amount'] }),
        upTo: input.version.min(1).optional(),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.explorer.fieldChanges(query)),

  fieldsOverTime: procedure('events.read')
    .input(z.strictObject({ streamId: input.streamId }))
    .query(({ ctx, input: query }) => ctx.services.explorer.fieldsOverTime(query)),
});

/** A record that anybody may write proves nothing. */
function refuseOwnCategory(streamId: StreamId): void {
  const category = categoryOf(streamId);
  if (!SYSTEM_CATEGORIES.has(category)) return;
  const message = `streamId must not begin with ${category}-: Tidemark alone writes these streams`;
  throw new TidemarkError('bad-request', message, { field: 'streamId' });
}

/** As they are kept: data in which nothing is personal is not touched. */
async function sealedEvents(privacy: Privacy, { streamId, events }: AppendRequest): Promise<NewEvent[]> {
  const category = categoryOf(streamId);
  return Promise.all(events.map(async (event) => ({ ...event, data: await privacy.seal(category, event.data) })));
}
