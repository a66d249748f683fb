import type { EventFilter } from '#server/explorer/explorer.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';

export type ExportFormat = 'ndjson' | 'csv';

type ExportRequest = {
  format: ExportFormat;
  filter: EventFilter;
  /** Begins above this position: an export that broke off goes on. */
  after?: Position;
  /** Ends here: the high-water mark when it began, so that a busy store does not make it endless. */
  upTo: Position;
  signal: AbortSignal;
  /** A page as who asked may see it. */
  shown(events: RecordedEvent[]): Promise<RecordedEvent[]>;
};

/** The lines of a page, and how many events they are. */
export type ExportPage = { text: string; events: number };

/** Writes events as text, page by page; the next page is read when the one before has been taken. */
export type EventExport = (request: ExportRequest) => AsyncGenerator<ExportPage>;
