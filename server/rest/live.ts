import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { requirePermission } from '#server/kernel/caller.ts';
import { parsePosition } from '#server/kernel/position.ts';
import type { Context } from '#server/trpc/context.ts';
import { fromZodError } from '#server/trpc/errors.ts';
import { names, position } from '#server/trpc/inputs.ts';
import { liveEvents } from '#server/trpc/live-events.ts';
import { presented } from '#server/trpc/presented.ts';
import { checkAsked } from '#server/trpc/visible.ts';
import { watchCaller } from '#server/trpc/watch-caller.ts';
import { toProblem } from './problem.ts';

const HEARTBEAT_MS = 15_000;

const input = z.strictObject({ after: position.optional(), category: names.optional(), eventType: names.optional() });

/**
 * Server-sent events: the past from `after` (or `Last-Event-ID`), then the present, with no gap between. One message an
 * event, its id the position. A reader that does not read holds back only itself. Where the caller may not have it any more
 * a message `refused` says why, and is the last.
 */
export async function sendLive(
  request: IncomingMessage,
  response: ServerResponse,
  { query, context }: { query: URLSearchParams; context: Context },
): Promise<void> {
  requirePermission(context.caller, 'events.read');
  const parsed = input.safeParse(Object.fromEntries([...query].filter(([, value]) => value !== '')));
  if (!parsed.success) throw fromZodError(parsed.error);
  checkAsked(context.caller, parsed.data);
  const { after, category, eventType } = parsed.data;
  const resumed = request.headers['last-event-id'];
  const from = typeof resumed === 'string' && resumed !== '' ? parsePosition(resumed, 'Last-Event-ID') : after;

  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.write(': tidemark\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const unwatch = watchCaller(context, 'events.read', (error) => {
    const { problem } = toProblem(error, { instance: '/api/v1/events/live', requestId: context.requestId });
    response.write(`event: refused\ndata: ${JSON.stringify(problem)}\n\n`);
    gone.abort();
  });
  try {
    const pages = liveEvents(context.services, {
      after: from,
      categories: category,
      eventTypes: eventType,
      signal: gone.signal,
    });
    for await (const events of pages) {
      const shown = await presented(context, events);
      const text = shown.map(
        (event) => `id: ${event.globalPosition}\nevent: event\ndata: ${JSON.stringify(event)}\n\n`,
      );
      if (!response.write(text.join(''))) await once(response, 'drain', { signal: gone.signal });
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    unwatch();
    clearInterval(heartbeat);
    response.end();
  }
}
