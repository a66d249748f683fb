import { type Permission, requirePermission } from '#server/kernel/caller.ts';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Context } from './context.ts';
import { toTrpcError } from './errors.ts';
import { checkGuard, isGuarded, isRecorded, type ProcedureCall, recorded } from './guarded.ts';
import { checkConditions, presented } from './presented.ts';
import { checkAsked } from './visible.ts';
import { whileAllowed } from './watch-caller.ts';

/** What a procedure declares of itself. */
export type ProcedureMeta = {
  permission: Permission;
  /** What a call takes from its caller's limit; by its kind where it says nothing. */
  cost?: number;
  /** Which calls stand in the audit; where nothing is said, those of every mutation. */
  audit?: 'always' | 'operators' | 'never';
  /** The answer is not masked: somebody asked to see it with a reason that is recorded, or decides on exactly what it says. */
  reveals?: true;
};

/** What is called, before its input is read. */
export type Passing = Omit<ProcedureCall, 'input'> & { reveals: boolean };

export function toPassing(path: string, kind: ProcedureCall['kind'], declared: ProcedureMeta): Passing {
  const { permission, audit, reveals = false } = declared;
  return { path, kind, permission, audit, reveals };
}

/**
 * The one door of every procedure: who has not got the permission is refused before the input is read, what is guarded
 * or recorded is so before the `work`, and the answer is shown as its caller may see it. Errors become tRPC's here. Most
 * calls are neither guarded, recorded nor about private fields: what asks for that waits for nothing.
 */
export async function pass(
  ctx: Context,
  passing: Passing,
  { readInput, work }: { readInput(): unknown; work(input: unknown): unknown },
): Promise<unknown> {
  try {
    const { permission, kind, reveals } = passing;
    requirePermission(ctx.caller, permission);
    const input = await readInput();
    checkInput(input);
    checkAsked(ctx.caller, input);
    const conditions = checkConditions(ctx, input);
    if (conditions !== undefined) await conditions;
    const call = { ...passing, input };
    const approvedBy = isGuarded(call) ? await checkGuard(ctx, call) : undefined;
    const answer = await (isRecorded(ctx.caller, call)
      ? recorded(ctx, call, approvedBy, async () => work(input))
      : work(input));
    const shown = await presented(ctx, answer, reveals);
    return kind === 'subscription' ? whileAllowed(shown as AsyncIterable<unknown>, ctx, permission) : shown;
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
