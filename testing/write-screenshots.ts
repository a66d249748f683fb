import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type Page, type Request } from '@playwright/test';
import { authorizationFor } from '#examples/authorization.ts';
import { readArguments } from '#server/import-export/read-arguments.ts';

const USAGE = `npm run screenshots -- [ADDRESS] [DIRECTORY]    pictures of every page, light and dark (http://127.0.0.1:3000, docs/images)
  Where the store has no event yet it sends a few commands first, so that there is something to see.
  TIDEMARK_API_KEY         by which it goes in (else the key that npm start keeps on this machine)
  TIDEMARK_STORAGE_STATE   a browser's session, for the pages that no key may open`;

const given = readArguments(USAGE, { allowPositionals: true });
if (given === undefined) process.exit(2);
const [address = 'http://127.0.0.1:3000', directory = 'docs/images'] = given.positionals;
const authorization = authorizationFor(address);
const storageState = process.env.TIDEMARK_STORAGE_STATE;
const ORDER = 'order-7f3a91';
const VIEWPORT = { width: 1440, height: 900 };

const PAGES: readonly (readonly [string, string | (() => Promise<string>)])[] = [
  ['overview', '/'],
  ['events', '/events?range=all'],
  ['event', async () => `/events/${(await firstEventOf(ORDER)).globalPosition}`],
  ['streams', '/streams?sort=last'],
  ['stream', `/streams/${ORDER}?field=status`],
  ['stream-history', `/streams/${ORDER}?tab=history`],
  ['trace', async () => `/traces/${(await firstEventOf(ORDER)).metadata.correlationId ?? 'none'}`],
  ['search', '/search?q=school'],
  ['projections', '/projections'],
  ['projection', '/projections/orders'],
  ['parked', '/parked'],
  ['processes', '/processes'],
  ['compare', '/compare'],
  ['audit', '/audit'],
  ['approvals', '/approvals'],
  ['gateway', '/settings/gateway'],
  ['operators', '/settings/operators'],
  ['keys', '/settings/keys'],
  ['commands', '/commands'],
  ['command', '/commands/PlaceOrder'],
  ['design', '/design'],
];

const browser = await chromium.launch({
  ...(process.env.TIDEMARK_TEST_BROWSER && { executablePath: process.env.TIDEMARK_TEST_BROWSER }),
});
try {
  mkdirSync(directory, { recursive: true });
  await fillWhereEmpty();
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: VIEWPORT,
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      ...(storageState ? { storageState } : { extraHTTPHeaders: authorization }),
    });
    const underWay = requestsUnderWay(page);
    for (const [name, path] of PAGES) {
      await page.goto(address + (typeof path === 'string' ? path : await path()));
      await page.getByRole('heading', { level: 1 }).waitFor();
      await loaded(page, underWay);
      await page.evaluate(() => document.fonts.ready);
      const file = join(directory, colorScheme === 'light' ? `${name}.png` : `${name}-dark.png`);
      await page.screenshot({ path: file });
      console.log(file);
    }
    await page.close();
  }
} finally {
  await browser.close();
}

/** What the page has asked for and not got yet; event streams, which never end, left out. */
function requestsUnderWay(page: Page): Set<Request> {
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  page.on('response', (response) => {
    if (response.headers()['content-type']?.startsWith('text/event-stream')) underWay.delete(response.request());
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return underWay;
}

/** Loaded is what is live, waits for no answer, is not busy, and has no skeleton any more. */
async function loaded(page: Page, underWay: ReadonlySet<Request>): Promise<void> {
  for (let calm = 0; calm < 3; calm = underWay.size === 0 ? calm + 1 : 0) await setTimeout(200);
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy="true"]') === null &&
      [...document.querySelectorAll('[role="status"]')].every((one) => !/^(Loading|connecting)/i.test(one.textContent)),
    undefined,
    { timeout: 30_000 },
  );
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${address}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

type Event = { globalPosition: string; metadata: { correlationId?: string } };
type Events = { events: Event[] };

async function firstEventOf(streamId: string): Promise<Event> {
  const { events } = await ask<Events>(`/streams/${streamId}/events?limit=1`);
  if (events[0] === undefined) throw new Error(`${streamId} has no event`);
  return events[0];
}

async function fillWhereEmpty(): Promise<void> {
  const { events } = await ask<Events>(`/streams/${ORDER}/events?limit=1`);
  if (events.length > 0) return;
  const line = (sku: string, quantity: number, amount: number) => ({
    sku,
    quantity,
    unitPrice: { amount, currency: 'EUR' },
  });
  const lines = [line('TEE-BLK-M', 60, 1900), line('HOOD-GRY-L', 40, 4900), line('MUG-011', 24, 900)];
  const send = (commandType: string, data: object = {}, streamId = ORDER) =>
    ask(`/commands/${commandType}`, { streamId, data, waitForMs: 5000 });
  await send('PlaceOrder', { customerId: 'cus-school-nord', lines });
  await send('ConfirmOrder');
  await send('ShipOrder', { carrier: 'DHL', trackingNumber: '00340434161094042557' });
  await send('DeliverOrder');
  for (const [sku, quantity] of [
    ['HOOD-GRY-L', 4],
    ['TEE-BLK-M', 6],
    ['TEE-BLK-M', 3],
  ])
    await send('ReturnOrder', { lines: [{ sku, quantity }], reason: 'wrong size' });
  for (const { sku } of lines) await send('ReceiveStock', { quantity: 200 }, `stock-${sku}`);
}
