import { z } from 'zod';
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '#server/kernel/caller.ts';
import { procedure, router } from '#server/trpc/init.ts';
import * as input from '#server/trpc/inputs.ts';

/** Ten years: longer than any key should live. */
const DAYS_MAX = 3653;

/** Keys of programs. */
export const keysRouter = router({
  /** `roles`: what a key of each role may at most. */
  list: procedure('keys.manage').query(async ({ ctx }) => ({
    keys: await ctx.services.identity.keys.list(),
    roles: ROLE_PERMISSIONS,
  })),

  /** `key` is in this answer and nowhere else. */
  create: procedure('keys.manage')
    .input(
      z.strictObject({
        name: z.string().trim().min(1).max(80),
        role: z.enum(ROLES),
        permissions: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length).optional(),
        expiresInDays: z.int().min(1).max(DAYS_MAX).optional(),
        reason: input.reason,
      }),
    )
    .mutation(({ ctx, input: { reason: _, ...key } }) => ctx.services.identity.keys.create(ctx.caller, key)),

  revoke: procedure('keys.manage')
    .input(z.strictObject({ keyId: z.uuid(), reason: input.reason }))
    .mutation(({ ctx, input: { keyId } }) => ctx.services.identity.keys.revoke(ctx.caller, keyId)),
});
