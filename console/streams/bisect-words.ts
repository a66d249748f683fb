import { formatCount, formatNumberOf } from '#console/format.ts';
import type { Bisection } from '#server/explorer/stream-questions.ts';

/** What a search that found nothing has to say. */
export function nothingFound({ holds, scannedTo, lastVersion, unseen, unfoldable }: Bisection, after: number): string {
  const [wrong] = unseen;
  if (wrong !== undefined && unfoldable === null) {
    const meant = wrong.near === null ? '' : ` Did you mean ${wrong.near}?`;
    return `No version${after > 0 ? ` after ${formatCount(after)}` : ''} has a field ${wrong.path}.${meant}`;
  }
  if (unfoldable !== null) {
    return `Not found up to version ${formatCount(scannedTo)}: version ${formatCount(unfoldable.streamVersion)} can not be folded.`;
  }
  if (after > 0) return `It did not become true again after version ${formatCount(after)}.`;
  if (holds) return 'It held before the first event already, and always since.';
  return `It was never true in ${formatNumberOf(lastVersion, 'version')}.`;
}
