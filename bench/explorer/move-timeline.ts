import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { VIEWPORT } from './browse.ts';
import { ALL_EVENTS, EVENTS_PAGE } from './pages.ts';
import type { Served } from './serve-store.ts';
import { openWatched, type RecordedWindow, recordFrames } from './watch-page.ts';

/** As a mouse reports them. */
const MOVE_MS = 16;
const MOVES = 120;
const WHEEL_TURNS = 30;
/** Until the answers of a window that was let go of are there and drawn; their frames count too. */
const REST_MS = 700;
/** Two frames at 60 a second lie 16.7 ms apart; the clock of frames is told to the tenth. */
const FRAME_MS_MAX = 17;

export type Frames = { frames: number; overShare: number; worstMs: number };

/**
 * Pans and zooms the timeline of a store by mouse, and looks at the time between each two frames by requestAnimationFrame.
 * The same hand over an empty page shows what the machine itself leaves out.
 */
export async function moveTimeline(
  browser: Browser,
  { address, authorization }: Served,
): Promise<{ timeline: Frames; empty: Frames }> {
  const context = await browser.newContext({ viewport: VIEWPORT, extraHTTPHeaders: { authorization } });
  const { page } = await openWatched(context, `${address}${ALL_EVENTS}`, EVENTS_PAGE);
  const box = await page.getByRole('application', { name: 'Timeline' }).boundingBox();
  if (box === null) throw new Error('the page has no timeline');
  const timeline = await framesOf(page, box);
  await page.goto('about:blank');
  const empty = await framesOf(page, box);
  await context.close();
  return { timeline, empty };
}

type Box = { x: number; y: number; width: number; height: number };

async function framesOf(page: Page, box: Box): Promise<Frames> {
  const y = box.y + box.height / 2;
  const middle = box.x + box.width / 2;
  await page.mouse.move(middle, y);
  await page.evaluate(recordFrames);
  await zoom(page, -120);
  await pause(REST_MS);
  for (let drag = 0; drag < 3; drag += 1) {
    await page.mouse.down();
    for (let move = 1; move <= MOVES / 3; move += 1) {
      await page.mouse.move(middle + Math.sin((move / MOVES) * 6 * Math.PI) * (box.width / 3), y);
      await pause(MOVE_MS);
    }
    await page.mouse.up();
    await pause(REST_MS);
    await page.mouse.move(middle, y);
  }
  await zoom(page, 120);
  await pause(REST_MS);
  const times = await page.evaluate(() => (window as unknown as RecordedWindow).frameTimes());
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const over = gaps.filter((gap) => gap > FRAME_MS_MAX).length;
  return { frames: gaps.length, overShare: over / gaps.length, worstMs: Math.max(...gaps) };
}

/** By Ctrl and wheel, in one movement. */
async function zoom(page: Page, delta: number): Promise<void> {
  await page.keyboard.down('Control');
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) {
    await page.mouse.wheel(0, delta / 2);
    await pause(MOVE_MS);
  }
  await page.keyboard.up('Control');
}
