import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const subject = z.string().trim().min(1).max(256);
const ofEvent = z.strictObject({ globalPosition: input.position });

/** What is private: which fields, revealing one, and removing it for good. */
export const privacyRouter = router({
  fields: procedure('events.read').query(({ ctx }) => ctx.services.privacy.fields()),

  setMaskedFields: procedure('settings.manage')
    .input(z.strictObject({ names: z.array(input.name).max(200), reason: input.reason }))
    .mutation(async ({ ctx, input: { names } }) => {
      await ctx.services.privacy.setMaskedFields(names, ctx.caller.name);
      await ctx.services.exports.removeAll();
      return ctx.services.privacy.fields();
    }),

  about: procedure('events.read')
    .input(ofEvent)
    .query(({ ctx, input: { globalPosition } }) => ctx.services.privacy.about(globalPosition)),

  /** One event with its private fields as they are; who looked, at what and why is in the audit. */
  reveal: procedure('payload.reveal', { reveals: true })
    .input(z.strictObject({ globalPosition: input.position, reason: input.reason }))
    .mutation(async ({ ctx, input: { globalPosition } }) => {
      const event = await ctx.services.eventStore.readEvent(globalPosition);
      if (event === undefined) {
        throw new TidemarkError('event-not-found', `no event stands at position ${globalPosition}`, { globalPosition });
      }
      return event;
    }),

  /** The state of a stream at a version in the same way. */
  revealState: procedure('payload.reveal', { reveals: true })
    .input(z.strictObject({ streamId: input.streamId, version: input.version.min(1).optional(), reason: input.reason }))
    .mutation(({ ctx, input: { reason: _, ...query } }) => ctx.services.explorer.streamState(query)),

  redactRadius: procedure('privacy.act', { cost: 3 })
    .input(ofEvent)
    .query(({ ctx, input: { globalPosition } }) => ctx.services.privacy.redactRadius(globalPosition)),

  redact: procedure('privacy.act', { cost: 10 })
    .input(z.strictObject({ globalPosition: input.position, reason: input.reason }))
    .mutation(async ({ ctx, input: request }) => {
      const done = await ctx.services.privacy.redact({ ...request, actor: ctx.caller.name });
      // What is redacted may stand in any of them; they are made again in minutes.
      await ctx.services.exports.removeAll();
      return done;
    }),

  forgetRadius: procedure('privacy.act', { cost: 5 })
    .input(z.strictObject({ subject }))
    .query(({ ctx, input: query }) => ctx.services.privacy.forgetRadius(query.subject)),

  forget: procedure('privacy.act', { cost: 10 })
    .input(z.strictObject({ subject, reason: input.reason }))
    .mutation(({ ctx, input: request }) => ctx.services.privacy.forget(request.subject)),
});
