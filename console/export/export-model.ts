import { formatCount, formatSeconds } from '#console/format.ts';

/** What an export is narrowed by: the filter of the list of events, as procedures take it. */
export type ExportFilter = Readonly<Record<string, string | readonly string[] | undefined>>;

export type ExportFormat = 'ndjson' | 'csv';

/** The address of an export, for the page and for whoever takes it to a shell. */
export function exportAddress(filter: ExportFilter, format: ExportFormat): string {
  const pairs = Object.entries({ format, ...filter }).flatMap(([name, value]) => {
    const text = String(value ?? '');
    return text === '' ? [] : [[name, text]];
  });
  return `/api/v1/events/export?${new URLSearchParams(pairs)}`;
}

/** Counts whole lines in pieces of UTF-8 text: no other character has the byte of a line feed in it. */
export function countLines(piece: Uint8Array): number {
  let lines = 0;
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** `12,000 of 40,000 events, 8,000/s, 3 s left`. */
export function progressWords(events: number, total: number | null, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? events / (elapsedMs / 1000) : 0;
  const of = total === null ? '' : ` of ${formatCount(total)}`;
  const left = total !== null && rate > 0 && total > events ? `, ${formatSeconds((total - events) / rate)} left` : '';
  return `${formatCount(events)}${of} events, ${formatCount(rate)}/s${left}`;
}
