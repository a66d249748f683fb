import { requirePermission } from '#server/kernel/caller.ts';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import type { Passing } from './declared.ts';
import { toTrpcError } from './errors.ts';
import { checkGuard, isRecorded, recorded } from './guarded.ts';
import { checkConditions, presented } from './presented.ts';
import { checkAsked } from './visible.ts';
import { whileAllowed } from './watch-caller.ts';

/**
 * The one door of every procedure: who has not got the permission is refused before the input is read, what is guarded
 * or recorded is so before the `work`, and the answer is shown as its caller may see it. Errors become tRPC's here. Most
 * calls are neither guarded nor recorded, and ask for nothing private: they wait for nothing of that.
 */
export async function pass(
  ctx: Context,
  passing: Passing,
  readInput: () => unknown,
  work: (input: unknown, ctx: Context) => unknown,
): Promise<unknown> {
  try {
    const { permission, kind } = passing;
    requirePermission(ctx.caller, permission);
    const input = await readInput();
    checkInput(input);
    checkAsked(ctx.caller, input);
    const conditions = checkConditions(ctx, input);
    if (conditions !== undefined) await conditions;
    const approvedBy = passing.guarded ? await checkGuard(ctx, passing, input) : undefined;
    const answer = isRecorded(ctx.caller, passing, input)
      ? await recorded(ctx, { ...passing, input, approvedBy }, async () => work(input, ctx))
      : await work(input, ctx);
    const shown = presented(ctx, answer, passing.reveals);
    return kind === 'subscription'
      ? whileAllowed((await shown) as AsyncIterable<unknown>, ctx, permission)
      : await shown;
  } catch (error) {
    throw toTrpcError(error);
  }
}

/** Refuses values that JSON or Postgres would change without a word, wherever they stand in the input. */
function checkInput(input: unknown): void {
  try {
    checkJson(input, 'input');
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    const field = String(error.details.field).replace(/^input\.?/, '') || 'body';
    throw new TidemarkError(error.code, error.message.replace(/^input\.?/, ''), { field });
  }
}
