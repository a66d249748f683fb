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

/** The filter as the procedure takes it: only what is set. */
export function asked(filter: ExportFilter): Record<string, string | string[]> {
  const set = Object.entries(filter).filter(([, value]) => String(value ?? '') !== '');
  return Object.fromEntries(set.map(([name, value]) => [name, typeof value === 'string' ? value : [...(value ?? [])]]));
}

/** Where the file of an export that is done is. */
export function fileAddress(exportId: string): string {
  return `/api/v1/exports/${exportId}/file`;
}

/** `45 %` of what all of them were expected to have; null where nobody had counted. Never all while one runs. */
export function shareDone(running: readonly { events: number; expected: number | null }[]): string | null {
  const expected = running.reduce((sum, one) => sum + (one.expected ?? 0), 0);
  if (expected === 0 || running.some((one) => one.expected === null)) return null;
  const events = running.reduce((sum, one) => sum + one.events, 0);
  return `${Math.min(99, Math.floor((events / expected) * 100))} %`;
}

/** `12,000 of 40,000 events, 8,000/s, 3 s left`. */
export function progressWords(events: number, total: number | null, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? events / (elapsedMs / 1000) : 0;
  const of = total === null ? '' : ` of ${formatCount(total)}`;
  const left = total !== null && rate > 0 && total > events ? `, ${formatSeconds((total - events) / rate)} left` : '';
  return `${formatCount(events)}${of} events, ${formatCount(rate)}/s${left}`;
}
