// The live tail of the Events page in a real browser, followed for minutes at a steady rate: whether its heap stays flat,
// and whether it misses or repeats an event.
import { randomUUID } from 'node:crypto';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { readArguments } from '#server/import-export/read-arguments.ts';

const USAGE = `npm run bench:live-tail -- [ADDRESS] [--minutes M] [--rate R]    (http://127.0.0.1:3000, 10 minutes, 200 events a second)
  TIDEMARK_API_KEY         by which it writes, where the server asks who comes
  TIDEMARK_STORAGE_STATE   a file of Playwright's that signs the browser in`;

const BATCH_MS = 100;
const STREAMS = 50;
/** As the tail keeps them. */
const RING_MAX = 5000;

type Reading = { minute: number; heapMB: number; nodes: number; word: string | null };

const given = readArguments(USAGE, {
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '10' }, rate: { type: 'string', default: '200' } },
});
if (given === undefined) process.exit(2);
const { positionals, values } = given;
const [address = 'http://127.0.0.1:3000'] = positionals;
const minutes = Number(values.minutes);
const rate = Number(values.rate);
const category = `tail${randomUUID().slice(0, 8)}`;
const key = process.env.TIDEMARK_API_KEY;
const storageState = process.env.TIDEMARK_STORAGE_STATE;

const browser = await chromium.launch({
  ...(process.env.TIDEMARK_TEST_BROWSER && { executablePath: process.env.TIDEMARK_TEST_BROWSER }),
});
try {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ viewport, ...(storageState && { storageState }) });
  const page = await context.newPage();
  // What tsx compiles names its inner functions by this, also those that are sent to the page.
  await page.addInitScript('globalThis.__name = (of) => of');
  await page.addInitScript(recordArrivals, minutes * 60 * rate * 2);
  await page.goto(`${address}/events?category=${category}&live=1&view=table`);
  await page.getByText('LIVE', { exact: true }).waitFor();
  const devtools = await context.newCDPSession(page);

  const readings: Reading[] = [];
  const startedAt = Date.now();
  let appended = 0;
  let last = 0;
  const reading = setInterval(() => void read(page, devtools, startedAt).then((one) => readings.push(one)), 60_000);
  while (Date.now() - startedAt < minutes * 60_000) {
    const due = (appended / rate) * 1000 + BATCH_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - (Date.now() - startedAt))));
    const count = Math.round((rate * BATCH_MS) / 1000);
    last = await append(count);
    appended += count;
  }
  clearInterval(reading);
  const took = (Date.now() - startedAt) / 1000;
  await page.waitForFunction((end) => (window as unknown as Arrivals).arrivals.at(-1) === end, last);
  readings.push(await read(page, devtools, startedAt));

  const written = await storedPositions();
  const arrived = await page.evaluate(() => (window as unknown as Arrivals).arrivals.all());
  const shown = await shownInTable(page);
  const sampled = await page.getByText(/not shown\./).count();
  console.table(readings);
  const known = new Set(arrived);
  const newest = written.toSorted((a, b) => b - a).slice(0, RING_MAX);
  const result = {
    events: written.length,
    perSecond: Math.round(written.length / took),
    missed: written.filter((position) => !known.has(position)).length,
    repeated: arrived.length - known.size,
    outOfOrder: arrived.filter((position, index) => index > 0 && position <= (arrived[index - 1] ?? 0)).length,
    tableRows: shown.length,
    tableAsStore: shown.every((position, index) => position === newest[index]),
    sampled: sampled > 0,
    heapMBAtMinute1: readings[0]?.heapMB,
    heapMBAtEnd: readings.at(-1)?.heapMB,
  };
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
}

type Arrivals = { arrivals: { at(index: number): number | undefined; all(): number[] } };

/** In the page: notes the position of every event that its streams bring, in room that is taken before anything comes. */
function recordArrivals(room: number): void {
  const positions = new Float64Array(room);
  let count = 0;
  (window as unknown as Arrivals).arrivals = {
    at: (index) => positions[index < 0 ? count + index : index],
    all: () => [...positions.subarray(0, count)],
  };
  const Original = window.EventSource;
  window.EventSource = class extends Original {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      if (!String(url).includes('live.shared')) return;
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        for (const [, position] of data.matchAll(/"globalPosition":"(\d+)"/g)) positions[count++] = Number(position);
      });
    }
  };
}

/** Resolves with the position of its last event. */
async function append(count: number): Promise<number> {
  const streamId = `${category}-${Math.floor(Math.random() * STREAMS)}`;
  const events = Array.from({ length: count }, (_, index) => ({
    eventType: 'Ticked',
    data: { index, note: 'a line of text as long as a usual one, so that rows weigh what they weigh' },
  }));
  const { globalPosition } = await ask<{ globalPosition: string }>(`/streams/${streamId}/events`, {
    expectedVersion: 'any',
    events,
  });
  return Number(globalPosition);
}

/** What the store has of this run. */
async function storedPositions(): Promise<number[]> {
  const positions: number[] = [];
  for (let after: string | null = '0'; after !== null; ) {
    const page: { events: { globalPosition: string }[]; nextAfter: string | null } = await ask(
      `/events?category=${category}&after=${after}&limit=1000`,
    );
    positions.push(...page.events.map((event) => Number(event.globalPosition)));
    after = page.nextAfter;
  }
  return positions;
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${address}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

async function read(page: Page, devtools: CDPSession, startedAt: number): Promise<Reading> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return {
    minute: Math.round((Date.now() - startedAt) / 6000) / 10,
    heapMB: Math.round(usedSize / 100_000) / 10,
    nodes: await page.evaluate(() => document.querySelectorAll('*').length),
    word: await page
      .getByText(/^(LIVE|PAUSED|RECONNECTING|GAP-FILLING|ENDED)$/)
      .first()
      .textContent(),
  };
}

/** The positions of the tail's rows, by scrolling through them: they follow each other without a hole or they do not. */
async function shownInTable(page: Page): Promise<number[]> {
  const positions = await page.getByRole('grid', { name: /Events/ }).evaluate(async (grid, rows) => {
    const found = new Map<number, number>();
    const scroller = grid.parentElement;
    if (scroller === null) return [];
    for (let top = 0; found.size < rows && top < scroller.scrollHeight; top += scroller.clientHeight / 2) {
      scroller.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const row of grid.querySelectorAll<HTMLElement>('tr[data-index]')) {
        const text = row.querySelector('td')?.textContent ?? '';
        if (/^[\d,]+$/.test(text)) found.set(Number(row.dataset.index), Number(text.replaceAll(',', '')));
      }
    }
    return [...found].toSorted(([a], [b]) => a - b).map(([, position]) => position);
  }, RING_MAX);
  return positions.slice(0, RING_MAX);
}
