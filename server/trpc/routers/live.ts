import { tracked } from '@trpc/server';
import { z } from 'zod';
import { payloadMatcher } from '#server/explorer/match-payload.ts';
import { comparePositions, parsePosition } from '#server/kernel/position.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';
import { liveEvents } from '#server/trpc/live-events.ts';
import { sharedTail, sharedTailInput } from '#server/trpc/shared-tail.ts';
import { hiddenAsOfNow } from '#server/trpc/visible-services.ts';

/** What is pushed, over server-sent events. */
export const liveRouter = router({
  /** Events from `after` on, in pages, the past first; each page is tracked by its last position, so a reconnect resumes. */
  events: procedure('events.read')
    .input(
      z.strictObject({
        after: input.position.optional(),
        lastEventId: z.string().optional(),
        category: input.names.optional(),
        eventType: input.names.optional(),
        q: input.filter.q,
        where: input.filter.where,
      }),
    )
    .subscription(async function* ({ ctx, input: { after, lastEventId, category, eventType, ...payload }, signal }) {
      const resumed = lastEventId === undefined ? undefined : parsePosition(lastEventId, 'lastEventId');
      const from =
        resumed !== undefined && (after === undefined || comparePositions(resumed, after) > 0) ? resumed : after;
      const pages = liveEvents(ctx.services, {
        after: from,
        categories: category,
        eventTypes: eventType,
        signal,
      });
      const matches = payloadMatcher(payload);
      for await (const page of pages) {
        const hidden = await hiddenAsOfNow(ctx, payload);
        const events = page.filter((event) => matches(event, hidden));
        const last = events.at(-1);
        if (last !== undefined) yield tracked(last.globalPosition, { events });
      }
    }),

  /** One stream for the live tails of all tabs of a browser; tracked by how far it has come. */
  shared: procedure('events.read')
    .input(sharedTailInput)
    .subscription(({ ctx, input: request, signal }) => sharedTail(ctx, request, signal)),

  /** The pulse once a second. */
  pulse: procedure('system.read').subscription(async function* ({ ctx, signal }) {
    const stop = AbortSignal.any([ctx.services.shutdown, ...(signal ? [signal] : [])]);
    yield* ctx.services.pulse.watch(stop);
  }),
});
