import { formatCount, formatMs, formatNumberOf, formatSeconds } from '#console/format.ts';
import type { Trace } from '#server/explorer/traces.ts';
import type { TraceModel } from './trace-model.ts';

/** The trace in a sentence: what began it, what it caused, how long, and who has not seen it yet. */
export function traceSentence(trace: Trace, { rows, totalMs, streams }: TraceModel): string {
  const first = rows[0];
  const beginnings = rows.filter((row) => row.depth === 0).length;
  const who =
    first?.kind === 'command' ? first.command.commandType : first?.kind === 'event' ? first.event.eventType : '';
  const where = trace.events.length === 0 ? '' : ` in ${formatNumberOf(streams, 'stream')}`;
  const over = `over ${formatLength(totalMs)}.`;
  const events = (count: number) =>
    trace.truncated ? `more than ${formatCount(trace.eventsMax)} events` : formatNumberOf(count, 'event');
  if (beginnings > 1) {
    return `${events(trace.events.length)}${where} from ${formatCount(beginnings)} beginnings, ${who} the first, ${over}`;
  }
  if (first?.kind === 'command' && first.command.outcome === 'rejected') return `${who} was refused${where}, ${over}`;
  // An event that began it is not what it led to.
  const ledTo = trace.events.length - (first?.kind === 'event' ? 1 : 0);
  if (first?.kind === 'event' && ledTo === 0) return `${who} led to nothing more.`;
  return `${who} led to ${events(ledTo)}${where}, ${over}`;
}

/** The projections that have not reached all of the events. */
export function stillWaiting({ rows }: TraceModel): string[] {
  return [...new Set(rows.flatMap((row) => (row.kind === 'event' ? row.waiting : [])))];
}

/** Milliseconds below a second, then seconds, minutes and days. */
export function formatLength(ms: number): string {
  return ms < 1000 ? formatMs(ms) : formatSeconds(ms / 1000);
}
