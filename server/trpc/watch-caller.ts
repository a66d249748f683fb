import { type Permission, requirePermission } from '#server/kernel/caller.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { toTrpcError } from './errors.ts';

/** With the 2 s for which a caller counts as known, what is ended elsewhere ends its streams within 3 s. */
const CHECK_MS = 1000;

/**
 * Asks every second whether the caller may still have what goes on; `onRefused` gets the refusal, once. While the database
 * does not answer nobody can tell, and nothing that is kept in it can be sent. Returns how to stop.
 */
export function watchCaller(ctx: Context, permission: Permission, onRefused: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const check = async () => {
    try {
      requirePermission(await ctx.callerNow(), permission);
    } catch (error) {
      if (isTidemarkError(error, 'unauthenticated') || isTidemarkError(error, 'permission-denied')) {
        if (!stopped) onRefused(error);
        return;
      }
    }
    if (!stopped) timer = setTimeout(() => void check(), CHECK_MS).unref();
  };
  timer = setTimeout(() => void check(), CHECK_MS).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** A subscription that ends with the refusal when its caller may not have it any more. */
export async function* whileAllowed<Item>(
  items: AsyncIterable<Item>,
  ctx: Context,
  permission: Permission,
): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]();
  let refusal: { error: unknown } | undefined;
  let interrupt = () => {};
  const stop = watchCaller(ctx, permission, (error) => {
    refusal = { error: toTrpcError(error) };
    interrupt();
  });
  try {
    for (;;) {
      const next = await new Promise<IteratorResult<Item> | undefined>((resolve, reject) => {
        interrupt = () => resolve(undefined);
        if (refusal === undefined) iterator.next().then(resolve, reject);
        else interrupt();
      });
      if (refusal !== undefined) throw refusal.error;
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } finally {
    stop();
    // It may be waiting for its next item, and then ends by the request's signal: that is not waited for.
    iterator.return?.().catch(() => {});
  }
}
