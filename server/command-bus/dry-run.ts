import type { Registry } from '#server/domain/registry.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import type { Envelope } from './check-command.ts';
import { decideAll } from './decide-all.ts';
import { firstReceipt } from './first-receipt.ts';
import { type BusParts, checkCommand } from './handle-command.ts';
import type { CommandRequest, Receipt } from './receipt.ts';
import { createStepTimer } from './step-timer.ts';

/** What a command would come to on the state as it is now: the receipt without positions, and nothing written. */
export async function dryRun(
  request: CommandRequest,
  envelope: Envelope,
  { states, clock, registry, seal }: Pick<BusParts, 'states' | 'clock' | 'seal'> & { registry: Registry },
): Promise<Receipt> {
  const timer = createStepTimer(clock);
  const checked = await checkCommand(request, envelope, clock, timer);
  timer.add('receive', 0);
  const category = categoryOf(checked.streamId);
  const command = { ...checked, data: await seal(category, checked.data, 'preview') };
  const decider = registry.deciderFor(category);
  if (decider === undefined) throw new TidemarkError('internal', `no decider for ${command.streamId}`);
  const from = await timer.run('load_events', () => states.read(command.streamId));
  timer.add('load_events', -from.reducerMs);
  timer.add('replay', from.reducerMs);
  const folder = registry.folderFor(category);
  const { decided, after } = await timer.run('decide', () => decideAll([command], from, { decider, folder }));
  const [one] = decided;
  if (one === undefined || one.kind === 'failed') throw one?.error;
  const { version } = one;
  const steps = timer.steps();
  const outcome =
    one.kind === 'events'
      ? ({ kind: 'accepted', events: one.events, positions: [], version, retries: 0 } as const)
      : one.kind === 'refused'
        ? ({ kind: 'rejected', refusal: one.refusal, version, retries: 0 } as const)
        : ({ kind: 'nothing_to_do', version, retries: 0 } as const);
  return { ...firstReceipt(command, outcome), dryRun: true, globalPosition: null, state: after.state, steps };
}
