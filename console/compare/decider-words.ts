import type { Experiment } from '#server/compare/experiment.ts';
import type { DeciderGroup, DeciderOutcome } from '#server/compare/report.ts';
import { versionName } from './experiment-words.ts';

/** What a decider made of a command, in a word. */
export const DECIDED_WORD: Record<DeciderOutcome, string> = {
  accepted: 'accepted',
  rejected: 'refused',
  nothing_to_do: 'nothing to do',
  failed: 'failed',
};

/** In which way the two decide otherwise: `accepted by v2 alone`. */
export function groupWord({ kind, a, b }: Pick<DeciderGroup, 'kind' | 'a' | 'b'>, experiment: Experiment): string {
  switch (kind) {
    case 'accepted_by_one':
      return `accepted by ${versionName(experiment, a === 'accepted' ? 'a' : 'b')} alone`;
    case 'different_events':
      return a === b ? 'other events' : `${DECIDED_WORD[a]}, then ${DECIDED_WORD[b]}`;
    case 'different_state':
      return 'another state';
    case 'different_refusal':
      return a === b ? 'refused for another reason' : `${DECIDED_WORD[a]}, then ${DECIDED_WORD[b]}`;
  }
}
