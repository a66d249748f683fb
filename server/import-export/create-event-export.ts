import type { Explorer } from '#server/explorer/explorer.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import { toCloudEvent } from './cloud-event.ts';
import { CSV_HEAD, toCsvLine } from './csv.ts';
import type { EventExport } from './event-export.ts';

/** A page is in memory at a time: some 500 kB of usual events. */
const PAGE_EVENTS = 1000;

/** Exports what the explorer lists, under the same filter and in the same order. */
export function createEventExport({ listEvents }: Pick<Explorer, 'listEvents'>): EventExport {
  return async function* exported({ format, filter, after, upTo, signal, shown }) {
    const line =
      format === 'csv'
        ? toCsvLine
        : (event: Parameters<typeof toCsvLine>[0]) => `${JSON.stringify(toCloudEvent(event))}\n`;
    if (format === 'csv') yield { text: CSV_HEAD, events: 0 };
    let next: Position | null | undefined = after;
    while (next !== null && !signal.aborted) {
      const page = await listEvents({ ...filter, limit: PAGE_EVENTS, ...(next !== undefined && { after: next }) });
      const wanted = page.events.filter((event) => comparePositions(event.globalPosition, upTo) <= 0);
      if (wanted.length > 0) {
        const lines = (await shown(wanted)).map(line);
        yield { text: lines.join(''), events: lines.length };
      }
      next = wanted.length < page.events.length ? null : page.nextAfter;
    }
  };
}
