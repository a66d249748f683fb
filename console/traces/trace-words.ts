import { formatCount, formatMs, formatNumberOf, formatSeconds } from '#console/format.ts';
import type { Trace } from '#server/explorer/traces.ts';
import type { TraceModel } from './trace-model.ts';

/** The trace in a sentence: what began it, what it caused, how long, and who has not seen it yet. */
export function traceSentence(trace: Trace, { rows, totalMs, streams }: TraceModel): string {
  const first = rows[0];
  const who =
    first?.kind === 'command' ? first.command.commandType : first?.kind === 'event' ? first.event.eventType : '';
  const events = trace.truncated
    ? `more than ${formatCount(trace.eventsMax)} events`
    : formatNumberOf(trace.events.length, 'event');
  const began =
    first?.kind === 'command' && first.command.outcome === 'rejected'
      ? `${who} was refused`
      : `${who} led to ${events}`;
  const where = trace.events.length === 0 ? '' : ` in ${formatNumberOf(streams, 'stream')}`;
  return `${began}${where}, over ${formatLength(totalMs)}.`;
}

/** The projections that have not reached all of the events. */
export function stillWaiting({ rows }: TraceModel): string[] {
  return [...new Set(rows.flatMap((row) => (row.kind === 'event' ? row.waiting : [])))];
}

/** Milliseconds below a second, then seconds, minutes and days. */
export function formatLength(ms: number): string {
  return ms < 1000 ? formatMs(ms) : formatSeconds(ms / 1000);
}
