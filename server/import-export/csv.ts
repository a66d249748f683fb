import type { RecordedEvent } from '#server/kernel/event.ts';

/** The columns, in their order. */
const COLUMNS: readonly [string, (event: RecordedEvent) => string | number | undefined][] = [
  ['globalPosition', (event) => event.globalPosition],
  ['streamId', (event) => event.streamId],
  ['category', (event) => event.category],
  ['streamVersion', (event) => event.streamVersion],
  ['eventType', (event) => event.eventType],
  ['occurredAt', (event) => event.occurredAt],
  ['recordedAt', (event) => event.recordedAt],
  ['eventId', (event) => event.eventId],
  ['actor', (event) => event.metadata.actor],
  ['correlationId', (event) => event.metadata.correlationId],
  ['causationId', (event) => event.metadata.causationId],
  ['data', (event) => JSON.stringify(event.data)],
];

export const CSV_HEAD = `${COLUMNS.map(([name]) => name).join(',')}\r\n`;

/** One event as a line of CSV (RFC 4180). */
export function toCsvLine(event: RecordedEvent): string {
  return `${COLUMNS.map(([, read]) => cell(read(event))).join(',')}\r\n`;
}

/**
 * A cell that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it (OWASP, CSV
 * injection), a line break that would begin a new row stays inside quotes.
 */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = String(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) && typeof value !== 'number' ? `'${text}` : text;
  return /[",\r\n\t']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
