import { formatMs, formatNumberOf, formatSeconds } from '#console/format.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

/** What a command waits for its acknowledgement unless it says otherwise: past it, one was answered "pending". */
const WAIT_SECONDS = 1;

export type AcknowledgedWords = {
  value: string;
  /** What the value is of: null where there is none. */
  of: string | null;
  note: string;
  late: boolean;
};

/** In what time commands were acknowledged; where some wait for longer, that comes first. */
export function acknowledgedWords(acknowledged: Pulse['acknowledged']): AcknowledgedWords {
  const { acceptedLastMinute, pending, oldestPendingSeconds, p50Ms, p95Ms, atLeast } = acknowledged;
  const waiting = pending > 0 ? `${formatNumberOf(pending, 'command')} pending` : 'none pending';
  if (oldestPendingSeconds !== null && oldestPendingSeconds > WAIT_SECONDS) {
    return { value: `≥ ${formatSeconds(oldestPendingSeconds)}`, of: 'oldest pending', note: waiting, late: true };
  }
  if (p95Ms === null) {
    const note =
      acceptedLastMinute === 0
        ? 'no command accepted in the last minute'
        : `${formatNumberOf(acceptedLastMinute, 'command')} in the last minute, none was waited for`;
    return { value: 'none', of: null, note, late: false };
  }
  return {
    value: `${atLeast ? '≥ ' : ''}${formatMs(p95Ms)}`,
    of: 'p95',
    note: `last minute, p50 ${formatMs(p50Ms)}, ${waiting}`,
    late: atLeast,
  };
}
