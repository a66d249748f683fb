import { z } from 'zod';
import { ROLES } from '#server/kernel/caller.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

const operatorId = z.uuid();
const role = z.enum(ROLES);
const change = z.strictObject({ operatorId, reason: input.reason });

/** Who may come in, and as what. */
export const operatorsRouter = router({
  list: procedure('operators.manage').query(async ({ ctx }) => ({
    operators: await ctx.services.identity.operators.list(),
  })),

  /** The link is shown once; who has it makes the account. */
  invite: procedure('operators.manage')
    .input(z.strictObject({ email: z.email().max(254), role, reason: input.reason }))
    .mutation(({ ctx, input: invitation }) => ctx.services.identity.operators.invite(ctx.caller, invitation)),

  setRole: procedure('operators.manage')
    .input(change.extend({ role }))
    .mutation(async ({ ctx, input: wanted }) => {
      await ctx.services.identity.operators.setRole(ctx.caller, wanted);
      return { operatorId: wanted.operatorId };
    }),

  /** Ends sessions and live streams within 5 s. */
  disable: procedure('operators.manage')
    .input(change)
    .mutation(async ({ ctx, input: wanted }) => {
      await ctx.services.identity.operators.disable(ctx.caller, wanted);
      return { operatorId: wanted.operatorId };
    }),

  endSessions: procedure('operators.manage')
    .input(change)
    .mutation(async ({ ctx, input: wanted }) => ({
      ended: await ctx.services.identity.operators.endSessions(ctx.caller, wanted),
    })),

  enable: procedure('operators.manage')
    .input(change)
    .mutation(async ({ ctx, input: wanted }) => {
      await ctx.services.identity.operators.enable(ctx.caller, wanted);
      return { operatorId: wanted.operatorId };
    }),
});
