import { z } from 'zod';
import { type Caller, mayDo, requirePermission } from '#server/kernel/caller.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Context } from '#server/trpc/context.ts';
import { exportFields, exportPages } from '#server/trpc/export-pages.ts';
import { procedure, router } from '#server/trpc/init.ts';
import { rangeInOrder } from '#server/trpc/inputs.ts';
import { toRecordedInput } from '#server/trpc/recorded-input.ts';
import { visible } from '#server/trpc/visible.ts';
import { watchCaller } from '#server/trpc/watch-caller.ts';

const { after: _, ...fields } = exportFields;

const startInput = z
  .strictObject({
    ...fields,
    what: z.string().trim().min(1).max(200).meta({ description: 'What it is of, in words, for the list' }),
    expected: z.int().min(0).optional().meta({ description: 'How many events were counted, for the progress' }),
  })
  .superRefine(rangeInOrder);

/** Exports that go on when nobody watches: a caller's own, kept for a day. */
export const exportsRouter = router({
  list: procedure('account.self').query(({ ctx }) => ctx.services.exports.list(ownerOf(ctx.caller))),

  start: procedure('account.self', { audit: 'never', cost: 3 })
    .input(startInput)
    .mutation(({ ctx, input: { what, expected, ...asked } }) => {
      requirePermission(ctx.caller, 'events.read');
      return startExport(ctx, asked, { what, expected: expected ?? null });
    }),

  remove: procedure('account.self', { audit: 'never' })
    .input(z.strictObject({ exportId: z.uuid() }))
    .mutation(async ({ ctx, input: { exportId } }) => {
      await ctx.services.exports.remove(ownerOf(ctx.caller), exportId);
      return { exportId };
    }),
});

/** Whose the exports of a caller are. */
export function ownerOf({ kind, id }: Caller): { kind: string; id: string } {
  return { kind, id };
}

type Asked = Omit<z.output<typeof startInput>, 'what' | 'expected'>;

/** It ends with its caller's session: nothing is read for somebody who has signed out or was disabled. */
async function startExport(ctx: Context, asked: Asked, said: { what: string; expected: number | null }) {
  const { audit, exports, privacy, shutdown } = ctx.services;
  const refused = new AbortController();
  const signal = AbortSignal.any([refused.signal, shutdown]);
  // What is kept is masked for everybody: a value that is sealed in the store must not lie open beside it.
  const shown = async (events: RecordedEvent[]) => privacy.shown(visible(ctx.caller, events), 'masked');
  const { pages, upTo } = await exportPages(ctx, asked, { signal, shown });
  const { caller, from, requestId } = ctx;
  const input = toRecordedInput(asked as JsonObject, true);
  const entry = await audit.begin({ caller, act: 'events.export', reason: null, input, from, requestId });
  const unwatch = watchCaller(ctx, 'events.read', () =>
    refused.abort(new Error('who began it is not signed in any more')),
  );
  try {
    return await exports.start({
      owner: ownerOf(caller),
      format: asked.format,
      upTo,
      systemEvents: mayDo(caller, 'audit.read'),
      pages,
      signal,
      ...said,
      async onEnd(end) {
        unwatch();
        await entry.end(end === 'removed' ? 'refused' : end, end === 'removed' ? { code: 'cancelled' } : {});
      },
    });
  } catch (error) {
    unwatch();
    await entry.end('refused', { code: 'act-refused' });
    throw error;
  }
}
