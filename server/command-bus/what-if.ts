import type { Registry } from '#server/domain/registry.ts';
import { isRefusal } from '#server/kernel/decider.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { checkData, checkEnvelope } from './check-command.ts';
import type { BusParts } from './handle-command.ts';
import type { WhatIf, WhatIfRequest } from './receipt.ts';

/**
 * What the decider of today would answer, had the command met the stream at an earlier version. The clock is that of
 * now, so a rule that looks at the time answers as of now. Nothing is written, and nothing is recorded as a command.
 * Rejects with `unknown-command-type`, `bad-request`, `stream-not-found` where there is no such version, or `fold-failed`.
 */
export async function whatIf(
  request: WhatIfRequest,
  { store, registry, clock, seal }: Pick<BusParts, 'store' | 'clock' | 'seal'> & { registry: Registry },
): Promise<WhatIf> {
  const { version, actor } = request;
  const { type, streamId } = checkEnvelope(request, registry);
  const data = await seal(type.category, checkData(type, request.data), 'preview');
  const decider = registry.deciderFor(type.category);
  if (decider === undefined) throw new TidemarkError('internal', `no decider for ${streamId}`);
  const folder = registry.folderFor(categoryOf(streamId));
  // Version 0 is the state before the first event, for which there is nothing to read but the stream's end.
  const folded = await store.foldStream(streamId, folder, { version: Math.max(1, version) });
  if (version > 0 && folded.streamVersion < version) {
    const message = `${streamId} has no version ${version}; its last is ${folded.lastVersion}`;
    throw new TidemarkError('stream-not-found', message, { field: 'version', lastVersion: folded.lastVersion });
  }
  const before = version === 0 ? folder.initialState : folded.state;
  const receivedAt = clock.now().toISOString();
  const decision = decider.decide({ commandType: type.commandType, streamId, data, receivedAt, actor }, before);
  const events = isRefusal(decision) ? [] : decision;
  return {
    commandType: type.commandType,
    streamId,
    version,
    lastVersion: folded.lastVersion,
    outcome: isRefusal(decision) ? 'rejected' : events.length === 0 ? 'nothing_to_do' : 'accepted',
    events: events.map(({ eventType, data: said }, index) => ({
      eventType,
      streamVersion: version + index + 1,
      data: said,
    })),
    before,
    state: events.reduce((state, event) => folder.evolve(state, event), before),
    ...(isRefusal(decision) && { rejection: decision.refused }),
  };
}
