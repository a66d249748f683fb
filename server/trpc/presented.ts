import { type Caller, mayDo, requirePermission } from '#server/kernel/caller.ts';
import type { Context } from './context.ts';
import { visible } from './visible.ts';

type Asking = Pick<Context, 'caller' | 'services'>;

/**
 * An answer, or each of the answers of a subscription, as the caller may see it: without the system categories that it
 * may not see, and with private fields masked. People see them masked whatever their role, and reveal one with a reason; a
 * program that was given `payload.reveal` gets them opened. `revealing`: this answer is what was revealed.
 */
export async function presented<Answer>(ctx: Asking, answer: Answer, revealing = false): Promise<Answer> {
  if (isAsyncIterable(answer)) return eachPresented(ctx, answer) as Answer;
  const seen = visible(ctx.caller, answer);
  return ctx.services.privacy.shown(seen, revealing || seesOpened(ctx.caller) ? 'opened' : 'masked');
}

async function* eachPresented(ctx: Asking, answers: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const answer of answers) yield await presented(ctx, answer);
}

/** Whether answers come to this caller as they are. */
export function seesOpened(caller: Caller): boolean {
  return (caller.kind === 'api-key' || caller.kind === 'service') && mayDo(caller, 'payload.reveal');
}

/** Throws `permission-denied` where a condition or a path names a masked field: its answer would tell what it hides. */
export async function checkConditions({ caller, services }: Asking, input: unknown): Promise<void> {
  if (typeof input !== 'object' || input === null || mayDo(caller, 'payload.reveal')) return;
  const said = input as Record<string, unknown>;
  const filters = Array.isArray(said.filters) ? (said.filters as { where?: unknown }[]) : [];
  const conditions = [said.where, said.path, ...filters.map((filter) => filter?.where)].filter(
    (value) => typeof value === 'string',
  );
  if (conditions.length === 0) return;
  const names = await services.privacy.maskedNames();
  const parts = conditions.flatMap((text) => text.split(/[^A-Za-z0-9_$]+/));
  if (parts.some((part) => names.has(part))) requirePermission(caller, 'payload.reveal');
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
