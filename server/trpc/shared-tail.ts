import { tracked } from '@trpc/server';
import { z } from 'zod';
import { type PayloadMatcher, payloadMatcher } from '#server/explorer/match-payload.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { comparePositions, parsePosition } from '#server/kernel/position.ts';
import { maySee } from '#server/kernel/system-categories.ts';
import type { Context } from './context.ts';
import * as input from './inputs.ts';
import { livePages } from './live-events.ts';
import { LISTED_BYTES_MAX, previewOf } from './previews.ts';
import { hiddenAsOfNow } from './visible-services.ts';

/** What the tabs of one browser follow together; each filter has a bit in the masks of the events. */
export const sharedTailInput = z.strictObject({
  after: input.position,
  lastEventId: z.string().optional(),
  filters: z
    .array(
      z.strictObject({
        category: input.names.optional(),
        eventType: input.names.optional(),
        q: input.filter.q,
        where: input.filter.where,
      }),
    )
    .min(1)
    .max(16),
});

type Request = z.output<typeof sharedTailInput>;
type Filter = Request['filters'][number];

/** Without an event, what has been looked through is told this often: a lost connection then resumes there. */
const QUIET_POSITIONS = 1000;

/**
 * One stream for several filters: an event comes once, with a bit for every filter that it passes. A filter that can't be
 * read is told first, by its index, and leaves the others alone.
 */
export async function* sharedTail(
  asking: Pick<Context, 'services' | 'caller'>,
  { after, lastEventId, filters }: Request,
  signal: AbortSignal | undefined,
) {
  const { services, caller } = asking;
  const resumed = lastEventId === undefined ? after : parsePosition(lastEventId, 'lastEventId');
  const from = comparePositions(resumed, after) > 0 ? resumed : after;
  const refused: { index: number; message: string }[] = [];
  const tests = filters.map((filter, index) => {
    try {
      const passes = testOf(filter);
      return ((event, hidden) => maySee(caller, event.category) && passes(event, hidden)) satisfies PayloadMatcher;
    } catch (error) {
      if (!isTidemarkError(error, 'bad-request')) throw error;
      refused.push({ index, message: error.message });
      return () => false;
    }
  });
  if (refused.length > 0) yield tracked(from, { upTo: from, events: [], masks: [], refused });
  const pages = livePages(services, {
    after: from,
    categories: union(filters.map((filter) => filter.category)),
    eventTypes: union(filters.map((filter) => filter.eventType)),
    signal,
  });
  let told = Number(from);
  for await (const page of pages) {
    const hidden = await hiddenAsOfNow(asking, { filters });
    const marked = page.events
      .map((event) => ({ event, mask: maskOf(tests, (test) => test(event, hidden)) }))
      .filter(({ mask }) => mask !== 0);
    if (marked.length === 0 && Number(page.upTo) - told < QUIET_POSITIONS) continue;
    told = Number(page.upTo);
    yield tracked(page.upTo, {
      upTo: page.upTo,
      events: marked.map(({ event }) => previewOf(event, LISTED_BYTES_MAX)),
      masks: marked.map(({ mask }) => mask),
      refused: [],
    });
  }
}

function testOf({ category, eventType, ...payload }: Filter): PayloadMatcher {
  const matches = payloadMatcher(payload);
  return (event, hidden) =>
    (category?.includes(event.category) ?? true) &&
    (eventType?.includes(event.eventType) ?? true) &&
    matches(event, hidden);
}

/** A bit for every test that is passed. */
function maskOf(tests: readonly PayloadMatcher[], passes: (test: PayloadMatcher) => boolean): number {
  return tests.reduce((mask, test, index) => (passes(test) ? mask | (1 << index) : mask), 0);
}

/** Undefined, which is all, where one of them is. */
function union(lists: readonly (readonly string[] | undefined)[]): string[] | undefined {
  const all = lists.filter((list) => list !== undefined);
  return all.length < lists.length ? undefined : [...new Set(all.flat())];
}
