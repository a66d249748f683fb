import { procedure, router } from '#server/trpc/init.ts';

/** About this server. */
export const systemRouter = router({
  info: procedure.query(({ ctx }) => ctx.services.system.info()),
  pulse: procedure.query(({ ctx }) => ctx.services.pulse.current()),
});
