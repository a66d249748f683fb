import { z } from 'zod';
import type { ExportPage } from '#server/import-export/event-export.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Context } from './context.ts';
import { filter, position } from './inputs.ts';
import { hiddenFields } from './visible-services.ts';

export const exportFormat = z.enum(['ndjson', 'csv']).default('ndjson');

/** What an export takes: the filter of the list of events, a format, and where to begin. */
export const exportFields = { ...filter, format: exportFormat, after: position.optional() };

type ExportInput = z.output<z.ZodObject<typeof exportFields>>;

/**
 * The pages of an export up to the mark as it stands, without what the caller's words must not be looked for in. The
 * first is read already: a filter that can't be answered rejects here, and does not end a file that has begun.
 */
export async function exportPages(
  context: Pick<Context, 'caller' | 'services'>,
  { format, after, category, eventType, ...others }: ExportInput,
  { signal, shown }: { signal: AbortSignal; shown(events: RecordedEvent[]): Promise<RecordedEvent[]> },
): Promise<{ pages: AsyncGenerator<ExportPage>; upTo: Position }> {
  const { exportEvents, explorer } = context.services;
  const { position: upTo } = await explorer.mark();
  const hidden = await hiddenFields(context);
  const request = { ...others, ...hidden, categories: category, eventTypes: eventType };
  const pages = exportEvents({ format, filter: request, upTo, signal, shown, ...(after !== undefined && { after }) });
  const first = await pages.next();
  return { pages: first.done ? pages : afterFirst(first.value, pages), upTo };
}

async function* afterFirst(first: ExportPage, rest: AsyncGenerator<ExportPage>): AsyncGenerator<ExportPage> {
  yield first;
  yield* rest;
}
