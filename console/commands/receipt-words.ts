import { formatCount } from '#console/format.ts';
import type { Receipt } from '#server/command-bus/receipt.ts';

/** What became of a command, in a word; a refusal is an answer, so it has no colour of alarm. */
export const OUTCOME_WORD: Record<Receipt['outcome'], string> = {
  accepted: 'accepted',
  rejected: 'refused',
  nothing_to_do: 'nothing to do',
};

/** The receipt in one sentence: what, which version, which position. */
export function receiptSentence(receipt: Receipt): string {
  const { streamId, streamVersion, globalPosition, state, outcome, rejection } = receipt;
  if (outcome === 'rejected')
    return `${streamId} stays at version ${formatCount(streamVersion)}: ${rejection?.message ?? 'refused'}`;
  if (outcome === 'nothing_to_do')
    return `${streamId} stays at version ${formatCount(streamVersion)}: nothing was left to do`;
  const status = typeof state.status === 'string' ? `is ${state.status}, ` : 'is at ';
  return `${streamId} ${status}version ${formatCount(streamVersion)}, at position ${formatCount(globalPosition ?? '0')}`;
}

/** Whether somebody has still to apply it. */
export function isPending({ outcome, projections }: Receipt): boolean {
  return outcome === 'accepted' && projections.some(({ state }) => state !== 'applied');
}

/** The same command for a shell. */
export function asCurl(origin: string, { commandType, streamId }: Receipt, data: unknown): string {
  const body = JSON.stringify({ streamId, data }).replaceAll("'", String.raw`'\''`);
  return `curl -s ${origin}/api/v1/commands/${commandType} -H 'content-type: application/json' -d '${body}'`;
}
