import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import { GUARDED_ACTS } from '#server/kernel/guarded-acts.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Deciding can't need a decision. */
const MAY_NEED_APPROVAL = GUARDED_ACTS.filter((act) => !act.startsWith('approvals.'));

/** Guarded acts that wait for a second operator. */
export const approvalsRouter = router({
  /** Not masked: who decides must see exactly what is asked for, and who does the act sends just that. */
  list: procedure('approvals.act', { reveals: true })
    .input(z.strictObject({ open: z.boolean().optional(), limit: z.int().min(1).max(200).default(50) }))
    .query(async ({ ctx, input: query }) => ({ approvals: await ctx.services.approvals.list(query) })),

  rules: procedure('approvals.act').query(async ({ ctx }) => ({
    ...(await ctx.services.approvals.rules()),
    guarded: MAY_NEED_APPROVAL,
  })),

  setRules: procedure('settings.manage')
    .input(z.strictObject({ acts: z.array(input.name).max(50), reason: input.reason }))
    .mutation(({ ctx, input: { acts } }) => {
      const unknown = acts.find((act) => !MAY_NEED_APPROVAL.includes(act));
      if (unknown !== undefined) {
        const message = `acts: ${unknown} is none of ${MAY_NEED_APPROVAL.join(', ')}`;
        throw new TidemarkError('bad-request', message, { field: 'acts' });
      }
      return ctx.services.approvals.setRules({ acts });
    }),

  decide: procedure('approvals.act')
    .input(z.strictObject({ approvalId: z.uuid(), decision: z.enum(['approve', 'refuse']), reason: input.reason }))
    .mutation(({ ctx, input: request }) => ctx.services.approvals.decide({ ...request, caller: ctx.caller })),

  withdraw: procedure('approvals.act')
    .input(z.strictObject({ approvalId: z.uuid() }))
    .mutation(({ ctx, input: request }) => ctx.services.approvals.withdraw({ ...request, caller: ctx.caller })),
});
