import { z } from 'zod';
import { procedure, router } from '#server/trpc/init.ts';

/** One's own account. What sets a cookie, such as signing in, is under /api/auth. */
export const accountRouter = router({
  me: procedure('account.self').query(({ ctx }) => ctx.services.identity.account(ctx.caller)),

  /** The newest events of one's own stream, the last first. */
  history: procedure('account.self')
    .input(z.strictObject({ limit: z.int().min(1).max(100).default(20) }))
    .query(async ({ ctx, input: { limit } }) => ({
      events: await ctx.services.identity.accountHistory(ctx.caller, limit),
    })),

  sessions: procedure('account.self').query(async ({ ctx }) => ({
    sessions: await ctx.services.identity.sessions.list(ctx.caller),
  })),

  endSession: procedure('account.self')
    .input(z.strictObject({ sessionId: z.string().min(1).max(64) }))
    .mutation(async ({ ctx, input: { sessionId } }) => {
      await ctx.services.identity.sessions.end(ctx.caller, sessionId);
      return { ended: 1 };
    }),

  /** All but the one that asks. */
  endOtherSessions: procedure('account.self').mutation(async ({ ctx }) => ({
    ended: await ctx.services.identity.sessions.endOthers(ctx.caller),
  })),
});
