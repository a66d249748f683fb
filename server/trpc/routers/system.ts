import { procedure, router } from '#server/trpc/init.ts';

/** About this server. */
export const systemRouter = router({
  info: procedure('system.read').query(({ ctx }) => ctx.services.system.info()),
  pulse: procedure('system.read').query(({ ctx }) => ctx.services.pulse.current()),
});
