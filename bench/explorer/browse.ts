import type { Browser, BrowserContext } from '@playwright/test';
import { median } from '#bench/statistics.ts';
import { ALL_EVENTS, EVENTS_PAGE, OPENED, type Ordinary, PAGES, stateAt } from './pages.ts';
import type { Served } from './serve-store.ts';
import { LONG_STREAM, suffixOf } from './stores.ts';
import { actWatched, openWatched, type Wanted } from './watch-page.ts';

const STEPS = 20;
const DENSITY_ASKED = 5;
const BUCKETS = 600;
/** Of the table: far enough down that it is none that the page opens by itself. */
const ROW_OPENED = 5;

/** A browser profile on one store, with what is opened there. */
export type Visit = { served: Served; ordinary: Ordinary; context: BrowserContext };

export const VIEWPORT = { width: 1440, height: 900 };

export async function visit(browser: Browser, served: Served, ordinary: Ordinary): Promise<Visit> {
  const { authorization } = served;
  const context = await browser.newContext({ viewport: VIEWPORT, extraHTTPHeaders: { authorization } });
  return { served, ordinary, context };
}

/** Every figure of one store, once, by name: pages, then what is done on them. */
export const MEASURED: Record<string, (visit: Visit) => Promise<number>> = {
  ...Object.fromEntries(
    PAGES.map(({ name, path, wanted }) => [
      name,
      (one: Visit) => firstPaint(one, path(one.served, one.ordinary), wanted),
    ]),
  ),
  density: densityAnswer,
  'event-opened': openEvent,
  heap: heapMb,
};

async function firstPaint(visited: Visit, path: string, wanted: Wanted): Promise<number> {
  const { page, tookMs } = await open(visited, path, wanted);
  await page.close();
  return tookMs;
}

/** In a tab of its own; what the profile has loaded before comes from its cache. */
const open = ({ context, served }: Visit, path: string, wanted: Wanted) =>
  openWatched(context, `${served.address}${path}`, wanted);

/** Of the whole history by type, in as many buckets as may be asked for, without a browser. */
async function densityAnswer({ served }: Visit): Promise<number> {
  const times: number[] = [];
  for (let asked = 0; asked < DENSITY_ASKED; asked += 1) {
    const startedAt = performance.now();
    const { authorization } = served;
    const answer = await fetch(`${served.address}/api/v1/events/density?by=eventType&buckets=${BUCKETS}`, {
      headers: { authorization },
    });
    const { buckets } = (await answer.json()) as { buckets: unknown[] };
    if (buckets.length === 0) throw new Error(`${served.store.name} has no density`);
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/** A click on a row of the events page, until all of the inspector is there. */
async function openEvent(visited: Visit): Promise<number> {
  const { page } = await open(visited, ALL_EVENTS, EVENTS_PAGE);
  const row = page.locator(`[role="grid"] tr[data-index="${ROW_OPENED}"]`);
  const tookMs = await actWatched(page, { wanted: OPENED, from: 'click', act: () => row.click() });
  await page.close();
  return tookMs;
}

/** Of the events page, after a collection of garbage. */
async function heapMb(visited: Visit): Promise<number> {
  const { page } = await open(visited, ALL_EVENTS, [
    ...EVENTS_PAGE,
    { selector: 'section[aria-label="Correlation"] li' },
  ]);
  const devtools = await visited.context.newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await page.close();
  return usedSize / 1e6;
}

/** Steps through versions of the long stream with the key, each as soon as the one before is shown: the median of a step. */
export async function step(visited: Visit, from: number): Promise<number> {
  const path = `/streams/${LONG_STREAM}${suffixOf(visited.served.store)}?v=${from}`;
  const { page } = await open(visited, path, stateAt(from));
  const times: number[] = [];
  for (let version = from + 1; version <= from + STEPS; version += 1) {
    const act = () => page.keyboard.press(']');
    times.push(await actWatched(page, { wanted: stateAt(version), from: 'keydown', act }));
  }
  await page.close();
  return median(times);
}
