import { keysOf } from '#server/explorer/expression.ts';
import { parseExpression } from '#server/explorer/expression-parser.ts';
import { type Caller, mayDo, requirePermission } from '#server/kernel/caller.ts';
import type { Services } from './services.ts';
import { visible } from './visible.ts';

type Asking = { caller: Caller; services: Services };

/**
 * An answer, or each of the answers of a subscription, as the caller may see it: without the system categories that it
 * may not see, and with private fields masked. People see them masked whatever their role, and reveal one with a reason; a
 * program that was given `payload.reveal` gets them opened. `revealing`: this answer is what was revealed.
 */
export function presented<Answer>(ctx: Asking, answer: Answer, revealing = false): Promise<Answer> | Answer {
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

/** Filters that stand for a field of the same name. */
const FIELD_FILTERS = ['actor', 'correlationId', 'customerId', 'status'] as const;

const CONDITIONS = ['where', 'path', 'filters', ...FIELD_FILTERS] as const;

/**
 * Rejects with `permission-denied` where a condition, a path or a filter asks for a masked field: its answer would tell
 * what it hides. Undefined where none asks for any.
 */
export function checkConditions({ caller, services }: Asking, input: unknown): Promise<void> | undefined {
  if (typeof input !== 'object' || input === null || mayDo(caller, 'payload.reveal')) return undefined;
  const said = input as Record<string, unknown>;
  const filters = Array.isArray(said.filters) ? (said.filters as { where?: unknown }[]) : [];
  if (CONDITIONS.every((name) => said[name] === undefined)) return undefined;
  const asked = [
    ...[said.where, said.path, ...filters.map((filter) => filter?.where)].flatMap(keysAskedFor),
    ...FIELD_FILTERS.filter((name) => typeof said[name] === 'string'),
  ];
  return asked.length === 0 ? undefined : checkMasked({ caller, services }, asked);
}

async function checkMasked({ caller, services }: Asking, asked: readonly string[]): Promise<void> {
  const names = await services.privacy.maskedNames();
  if (asked.some((name) => names.has(name))) requirePermission(caller, 'payload.reveal');
}

/** None of what can't be read: nothing answers it. */
function keysAskedFor(condition: unknown): string[] {
  if (typeof condition !== 'string') return [];
  try {
    return keysOf(parseExpression(condition));
  } catch {
    return [];
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
