import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { requirePermission } from '#server/kernel/caller.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Context } from '#server/trpc/context.ts';
import { fromZodError } from '#server/trpc/errors.ts';
import { exportFields, exportPages } from '#server/trpc/export-pages.ts';
import { rangeInOrder } from '#server/trpc/inputs.ts';
import { checkConditions, presented } from '#server/trpc/presented.ts';
import { toRecordedInput } from '#server/trpc/recorded-input.ts';
import { ownerOf } from '#server/trpc/routers/exports.ts';
import { checkAsked } from '#server/trpc/visible.ts';
import { watchCaller } from '#server/trpc/watch-caller.ts';

export const exportInput = z.strictObject(exportFields).superRefine(rangeInOrder);

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
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, context.services.shutdown]);
  const shown = async (events: RecordedEvent[]) => presented(context, events);
  const { pages, upTo } = await exportPages(context, parsed.data, { signal, shown });
  const { audit } = context.services;
  const input = toRecordedInput(Object.fromEntries(query), true);
  const { caller, from, requestId } = context;
  // That events left the console is on record before the first of them does.
  const entry = await audit.begin({ caller, act: 'events.export', reason: null, input, from, requestId });
  begin(response, { format: parsed.data.format, upTo });
  const unwatch = watchCaller(context, 'events.read', () => gone.abort());
  try {
    for await (const { text } of pages) await write(response, text, signal);
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

/** Sends the file of an export that was made while nobody watched, to whom it belongs. */
export async function sendKeptExport(
  response: ServerResponse,
  { exportId, context }: { exportId: string; context: Context },
): Promise<void> {
  const { caller, services } = context;
  requirePermission(caller, 'events.read');
  const { kept, texts } = await services.exports.read(ownerOf(caller), exportId);
  // Who may see less than when it was made does not get it.
  if (kept.systemEvents) requirePermission(caller, 'audit.read');
  begin(response, kept);
  try {
    for await (const text of texts) await write(response, text, services.shutdown);
    response.end();
  } catch {
    response.destroy();
  }
}

function begin(response: ServerResponse, { format, upTo }: { format: keyof typeof TYPES; upTo: string }): void {
  response.writeHead(200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="tidemark-events-${upTo}.${format}"`,
    'Cache-Control': 'no-store',
    'X-Tidemark-Up-To': upTo,
  });
}

async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (!response.write(text)) await once(response, 'drain', { signal });
}
