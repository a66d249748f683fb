import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { requirePermission } from '#server/kernel/caller.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Context } from '#server/trpc/context.ts';
import { fromZodError } from '#server/trpc/errors.ts';
import { filter, position, rangeInOrder } from '#server/trpc/inputs.ts';
import { checkConditions, presented } from '#server/trpc/presented.ts';
import { toRecordedInput } from '#server/trpc/recorded-input.ts';
import { checkAsked } from '#server/trpc/visible.ts';
import { hiddenFields } from '#server/trpc/visible-services.ts';
import { watchCaller } from '#server/trpc/watch-caller.ts';

/** What an export takes: the filter of the list of events, a format, and where to begin. */
export const exportInput = z
  .strictObject({ ...filter, format: z.enum(['ndjson', 'csv']).default('ndjson'), after: position.optional() })
  .superRefine(rangeInOrder);

const TYPES = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8' } as const;

/**
 * Streams all events under a filter, as CloudEvents or as CSV, up to the high-water mark of its beginning, which
 * `X-Tidemark-Up-To` tells. The caller's going away ends it; where it fails midway the connection breaks off, so that
 * what has come is not taken for all of it.
 */
export async function sendExport(
  response: ServerResponse,
  { query, context }: { query: URLSearchParams; context: Context },
): Promise<void> {
  requirePermission(context.caller, 'events.read');
  const parsed = exportInput.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!parsed.success) throw fromZodError(parsed.error);
  checkAsked(context.caller, parsed.data);
  await checkConditions(context, parsed.data);
  const { format, after, category, eventType, ...others } = parsed.data;
  const { exportEvents, explorer, shutdown } = context.services;
  const { position: upTo } = await explorer.mark();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, shutdown]);
  const hidden = await hiddenFields(context);
  const request = { ...others, ...hidden, categories: category, eventTypes: eventType };
  const shown = (events: RecordedEvent[]) => presented(context, events);
  const texts = exportEvents({ format, filter: request, upTo, signal, shown, ...(after !== undefined && { after }) });
  // The first page is read before the answer begins: a filter that can't be answered is still a problem, not a file.
  const first = await texts.next();
  const { audit } = context.services;
  const input = toRecordedInput(Object.fromEntries(query), true);
  const { caller, from, requestId } = context;
  // That events left the console is on record before the first of them does.
  const entry = await audit.begin({ caller, act: 'events.export', reason: null, input, from, requestId });
  response.writeHead(200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="tidemark-events-${upTo}.${format}"`,
    'Cache-Control': 'no-store',
    'X-Tidemark-Up-To': upTo,
  });
  const unwatch = watchCaller(context, 'events.read', () => gone.abort());
  try {
    if (!first.done) await write(response, first.value, signal);
    for await (const text of texts) await write(response, text, signal);
    if (signal.aborted) response.destroy();
    else response.end();
  } catch {
    response.destroy();
  } finally {
    unwatch();
  }
  await entry.end(signal.aborted ? 'refused' : response.writableEnded ? 'done' : 'failed', {
    ...(signal.aborted && { code: 'cancelled' }),
  });
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, 'drain', { signal });
}
