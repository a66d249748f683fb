import { expect, expectAccessible, newOrder, test } from './fixtures.ts';

const place = (customerId: string) => ({
  customerId,
  lines: [{ sku: 'MUG-011', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }],
});

test('watch an incident live in two tabs by one stream, pause, copy the link: it shows the same elsewhere', async ({
  page,
  context,
  browser,
  send,
}) => {
  const customer = `cus-${newOrder().slice(6)}`;
  const streams: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/live.shared')) streams.push(request.url());
  });
  // The first tab leads, for all of them.
  const other = await context.newPage();
  await other.goto('/events?category=order&live=1');
  await expect(other.getByRole('status').filter({ hasText: 'LIVE' }).first()).toBeVisible();
  await page.goto(`/events?category=order&q=${customer}&live=1`);
  await expect(page.getByRole('status').filter({ hasText: 'LIVE' }).first()).toBeVisible();

  const first = newOrder();
  await send('PlaceOrder', first, place(customer));
  await expect(page.getByRole('row', { name: new RegExp(first) })).toBeVisible();
  await expect(other.getByRole('row', { name: new RegExp(first) })).toBeVisible();
  // The second tab brought a filter of its own: the one stream was opened again with both.
  expect(new Set(streams).size).toBeLessThanOrEqual(2);

  // The tab that leads goes; the other goes on without a gap.
  await page.bringToFront();
  await other.close();
  const second = newOrder();
  await send('PlaceOrder', second, place(customer));
  await expect(page.getByRole('row', { name: new RegExp(second) })).toBeVisible();

  await page.keyboard.press('l');
  await expect(page.getByText('PAUSED')).toBeVisible();
  const third = newOrder();
  await send('PlaceOrder', third, place(customer));
  await expect(page.getByText('(1 new)')).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(third) })).toHaveCount(0);
  await page.getByRole('row', { name: new RegExp(second) }).click();
  const inspector = page.getByRole('complementary', { name: 'Selected event' });
  await expect(inspector.getByRole('heading', { name: 'OrderPlaced' })).toBeVisible();
  await expectAccessible(page);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.has('to')).toBe(true);
  await page.keyboard.press('l');
  await expect(page.getByRole('row', { name: new RegExp(third) })).toBeVisible();

  const profile = await browser.newContext({ storageState: await context.storageState() });
  const colleague = await profile.newPage();
  await colleague.goto(link);
  await expect(colleague.getByRole('row', { name: new RegExp(second) })).toHaveAttribute('aria-selected', 'true');
  await expect(colleague.getByRole('row', { name: new RegExp(first) })).toBeVisible();
  await expect(colleague.getByRole('row', { name: new RegExp(third) })).toHaveCount(0);
  await expect(
    colleague.getByRole('complementary', { name: 'Selected event' }).getByRole('heading', { name: 'OrderPlaced' }),
  ).toBeVisible();
  await profile.close();
});
