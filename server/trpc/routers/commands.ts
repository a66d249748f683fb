import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Commands: their types and schemas, sending one, and what became of those sent. */
export const commandsRouter = router({
  types: procedure('commands.read').query(({ ctx }) => ({ commands: ctx.services.commandBus.types() })),

  type: procedure('commands.read')
    .input(z.strictObject({ commandType: input.name }))
    .query(({ ctx, input: { commandType } }) => {
      const found = ctx.services.commandBus.types().find((type) => type.commandType === commandType);
      if (found === undefined) {
        throw new TidemarkError('unknown-command-type', `no decider takes ${commandType}`, { field: 'commandType' });
      }
      return found;
    }),

  send: procedure('commands.send', { audit: 'operators' })
    .input(
      z.strictObject({
        commandType: input.name,
        streamId: input.streamId,
        data: input.jsonObject.default({}),
        expectedVersion: input.version.optional(),
        commandId: z.uuid().optional(),
        dryRun: z.boolean().optional(),
        waitForMs: z.int().min(0).max(30_000).optional(),
      }),
    )
    .mutation(
      async ({ ctx, input: request }) =>
        (await ctx.services.serviceRoutes.command(categoryOf(request.streamId), request, ctx)) ??
        ctx.services.commandBus.handle({ ...request, actor: ctx.caller.name, signal: ctx.signal }),
    ),

  /** A question, although it is sent as a command is: like a dry run it is not recorded, nor the person in its data. */
  whatIf: procedure('commands.send', { audit: 'never' })
    .input(
      z.strictObject({
        commandType: input.name,
        streamId: input.streamId,
        data: input.jsonObject.default({}),
        version: input.version,
      }),
    )
    .mutation(({ ctx, input: request }) => ctx.services.commandBus.whatIf({ ...request, actor: ctx.caller.name })),

  run: procedure('commands.read')
    .input(z.strictObject({ commandId: z.uuid() }))
    .query(({ ctx, input: { commandId } }) => ctx.services.commandBus.run(commandId)),

  runs: procedure('commands.read')
    .input(
      z.strictObject({
        commandType: input.name.optional(),
        outcome: z.enum(['accepted', 'rejected', 'nothing_to_do']).optional(),
        actor: z.string().min(1).max(200).optional(),
        after: z.uuid().optional(),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input: query }) => ctx.services.commandBus.runs(query)),
});
