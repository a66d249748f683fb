import type { Caller } from '#server/kernel/caller.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import { STEP_UP_MS } from '#server/kernel/guarded-acts.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Context } from './context.ts';
import type { Passing } from './declared.ts';
import { toTidemarkError } from './errors.ts';
import { toRecordedInput, toRecordedResult } from './recorded-input.ts';

/** What a guarded act needs beside the permission; resolves with who approved it, where somebody had to. */
export async function checkGuard(
  ctx: Context,
  { path, permission }: Passing,
  input: unknown,
): Promise<string | undefined> {
  const said = asObject(input);
  const reason = typeof said.reason === 'string' ? said.reason.trim() : '';
  if (reason.length < 3) {
    throw new TidemarkError('bad-request', 'reason must say why, in at least 3 characters', { field: 'reason' });
  }
  checkStepUp(ctx.caller, Date.now());
  return ctx.services.approvals.pass({ act: path, permission, input: said, reason, caller: ctx.caller });
}

/**
 * An operator who has a second factor must have shown it within five minutes. API keys and services have none: what they
 * may do is what they were given. Without a second factor nobody gets past sign-in but where it is put off on loopback.
 */
function checkStepUp(caller: Caller, nowMs: number): void {
  if (caller.kind !== 'operator' || !caller.secondFactor) return;
  const ageMs = caller.steppedUpAt === undefined ? Number.POSITIVE_INFINITY : nowMs - Date.parse(caller.steppedUpAt);
  if (ageMs <= STEP_UP_MS) return;
  throw new TidemarkError(
    'step-up-required',
    'show your second factor again: it must have been shown in the last 5 minutes',
    {
      stepUpSeconds: STEP_UP_MS / 1000,
    },
  );
}

/** Runs a call that is recorded between the beginning and the end of its audit entry. */
export async function recorded(
  ctx: Context,
  call: Passing & { input: unknown; approvedBy: string | undefined },
  work: () => Promise<unknown>,
): Promise<unknown> {
  const said = asObject(call.input);
  const entry = await ctx.services.audit.begin({
    caller: ctx.caller,
    act: call.path,
    reason: typeof said.reason === 'string' ? said.reason.slice(0, 500) : null,
    input: toRecordedInput(said, call.audit === 'operators'),
    from: ctx.from,
    requestId: ctx.requestId,
    approvedBy: call.approvedBy,
  });
  let answer: unknown;
  try {
    answer = await work();
  } catch (cause) {
    const error = toTidemarkError(cause);
    await entry.end(isTidemarkError(error, 'internal') ? 'failed' : 'refused', { code: error.code });
    throw cause;
  }
  const code = refusalOf(answer);
  const result = toRecordedResult(answer);
  await (code === undefined ? entry.end('done', { result }) : entry.end('refused', { code, result }));
  return answer;
}

/** A command that its decider refuses is answered, not thrown. */
function refusalOf(answer: unknown): string | undefined {
  const { outcome, rejection } = asObject(answer);
  if (outcome !== 'rejected') return undefined;
  const { code } = asObject(rejection);
  return typeof code === 'string' ? code : 'command-rejected';
}

/** Whether a call stands in the audit. */
export function isRecorded(caller: Caller, { audit }: Passing, input: unknown): boolean {
  if (audit === 'operators') return caller.kind === 'operator' && asObject(input).dryRun !== true;
  return audit === 'always';
}

function asObject(input: unknown): JsonObject {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? (input as JsonObject) : {};
}
