import type { BrowserContext, Page } from '@playwright/test';

/** What must be in the page: by a selector, with that text (a regular expression) in it; or must not be there any more. */
export type Wanted = readonly { selector: string; text?: string; absent?: boolean }[];

type PageWatch = {
  /** Milliseconds to the end of the frame that showed it; null while it is awaited. */
  tookMs: number | null;
  /** Waits for something else, from the next event of that name on. */
  arm(wanted: Wanted, from: 'click' | 'keydown'): void;
};

/**
 * Runs in the page before anything else of it: notes when all that is wanted is there, from the beginning of the navigation.
 * It looks whenever the document changes, and takes the time after the frame in which it was painted.
 */
function watchPage(first: Wanted): void {
  let wanted = first;
  let since: number | null = 0;
  let seen = false;
  const holds = () =>
    wanted.every(({ selector, text, absent = false }) => {
      const found = document.querySelector(selector);
      if (absent || found === null) return absent && found === null;
      return text === undefined || new RegExp(text).test(found.textContent);
    });
  const look = () => {
    if (seen || since === null || !holds()) return;
    seen = true;
    const from = since;
    requestAnimationFrame(() => setTimeout(() => (watch.tookMs = performance.now() - from)));
  };
  const watch: PageWatch = {
    tookMs: null,
    arm(next, from) {
      wanted = next;
      since = null;
      seen = false;
      watch.tookMs = null;
      const begin = (event: Event) => {
        since = event.timeStamp;
        look();
      };
      window.addEventListener(from, begin, { once: true, capture: true });
    },
  };
  Object.assign(window, { pageWatch: watch });
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

type WatchedWindow = { pageWatch: PageWatch };

/** A tab that goes to an address, with the milliseconds until all that is wanted was there. */
export async function openWatched(
  context: BrowserContext,
  address: string,
  wanted: Wanted,
): Promise<{ page: Page; tookMs: number }> {
  const page = await context.newPage();
  // What tsx compiles names its inner functions by this, also those that are sent to the page.
  await page.addInitScript('globalThis.__name = (of) => of');
  await page.addInitScript(watchPage, wanted);
  await page.goto(address, { waitUntil: 'commit' });
  return { page, tookMs: await tookOf(page) };
}

/** Waits for something else in a tab that was opened so: from the click or the key that `act` brings on. */
export async function actWatched(
  page: Page,
  { wanted, from, act }: { wanted: Wanted; from: 'click' | 'keydown'; act(): Promise<void> },
): Promise<number> {
  await page.evaluate(([next, name]) => (window as unknown as WatchedWindow).pageWatch.arm(next, name), [
    wanted,
    from,
  ] as const);
  await act();
  return tookOf(page);
}

async function tookOf(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => (window as unknown as WatchedWindow).pageWatch.tookMs);
  return (await handle.jsonValue()) ?? Number.NaN;
}

/** Runs in the page: notes the time of every frame until it is asked for what it noted. */
export function recordFrames(): void {
  const times: number[] = [];
  let going = true;
  const note = (at: number) => {
    times.push(at);
    if (going) requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  Object.assign(window, {
    frameTimes: () => {
      going = false;
      return times;
    },
  });
}

export type RecordedWindow = { frameTimes(): number[] };
