import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, newOrder, test } from './fixtures.ts';

/** The same address in another browser profile, of somebody who has signed in there too. */
async function colleague(browser: Browser, context: BrowserContext, url: string): Promise<Page> {
  const profile = await browser.newContext({ storageState: await context.storageState() });
  const page = await profile.newPage();
  await page.goto(url);
  return page;
}

/** What `seen` expects must stand after a reload, in another profile, and after going away and back. */
async function expectKept(page: Page, browser: Browser, seen: (page: Page) => Promise<void>): Promise<void> {
  await seen(page);
  const url = page.url();
  await page.reload();
  await seen(page);
  expect(page.url()).toBe(url);
  const other = await colleague(browser, page.context(), url);
  await seen(other);
  await other.context().close();
  // By the application's own link, so that it is the page's memory that is asked and not the browser's.
  await page.getByRole('link', { name: 'Parked' }).first().click();
  await expect(page).toHaveURL(/\/parked/);
  await page.goBack();
  await seen(page);
  expect(page.url()).toBe(url);
}

test('the events as they were looked at: lanes, brush, facets, selection, payload, then as a table by when recorded', async ({
  page,
  browser,
  deliveredOrder,
}) => {
  await page.goto(`/events?stream=${deliveredOrder}`);
  await page.getByRole('complementary', { name: 'Filters' }).getByRole('button', { name: 'only OrderShipped' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/type=OrderShipped/);
  await page.getByRole('combobox', { name: 'Lanes' }).click();
  await page.getByRole('option', { name: 'by type' }).click();
  await page.getByRole('slider', { name: 'Stretch begins' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/from=/);
  await page.getByRole('row', { name: /OrderShipped/ }).click();
  const inspector = (at: Page) => at.getByRole('complementary', { name: 'Selected event' });
  await inspector(page).getByText('JSON', { exact: true }).click();
  await expectKept(page, browser, async (at) => {
    const rows = at.getByRole('grid', { name: 'Events, newest first' }).getByRole('row');
    await expect(rows.filter({ hasText: 'OrderShipped' })).toHaveAttribute('aria-selected', 'true');
    await expect(rows).toHaveCount(2);
    await expect(at.getByRole('list', { name: 'Lanes' }).getByRole('listitem')).toHaveText(/OrderShipped/);
    await expect(inspector(at).getByRole('region', { name: 'The whole event as JSON' })).toBeVisible();
  });

  await page.getByText('Table', { exact: true }).click();
  await page.getByRole('button', { name: 'Occurred' }).click();
  await expectKept(page, browser, async (at) => {
    await expect(at.getByRole('button', { name: 'Recorded' })).toBeVisible();
    await expect(at.getByRole('application', { name: 'Timeline' })).toBeHidden();
    await expect(at.getByRole('row', { name: /OrderShipped/ })).toHaveAttribute('aria-selected', 'true');
  });
});

test('streams as they were sorted, searched and selected', async ({ page, browser, deliveredOrder }) => {
  await page.goto('/streams');
  await page.getByRole('textbox', { name: /Find streams by id/ }).fill(deliveredOrder);
  await page.getByRole('radio', { name: 'Growth' }).click();
  await page.getByRole('radio', { name: 'begins with' }).click();
  await page.getByRole('grid', { name: 'Streams' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page).toHaveURL(/sel=order-/);
  await expectKept(page, browser, async (at) => {
    await expect(at.getByRole('row', { name: new RegExp(deliveredOrder) })).toHaveAttribute('aria-selected', 'true');
    await expect(at.getByRole('row')).toHaveCount(2);
    await expect(at.getByRole('radio', { name: 'Growth' })).toBeChecked();
    await expect(at.getByRole('radio', { name: 'begins with' })).toBeChecked();
    await expect(at.getByRole('textbox', { name: /Find streams by id/ })).toHaveValue(deliveredOrder);
  });
  // What empties the field from outside empties it on the screen too.
  await page.getByRole('textbox', { name: /Find streams by id/ }).fill('no stream has this');
  await page.getByRole('button', { name: 'Show all streams' }).click();
  await expect(page.getByRole('textbox', { name: /Find streams by id/ })).toHaveValue('');
});

test('a stream at a version, compared with another, and its history', async ({ page, browser, deliveredOrder }) => {
  await page.goto(`/streams/${deliveredOrder}`);
  await expect(page.getByRole('region', { name: 'State at version 4' }).getByText('"delivered"')).toBeVisible();
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await page.keyboard.press('d');
  await page.keyboard.press(']');
  await page.getByRole('button', { name: 'status', exact: true }).click();
  await expectKept(page, browser, async (at) => {
    await expect(at.getByRole('tree', { name: 'State at version 3' }).getByText('"shipped"')).toBeVisible();
    await expect(at).toHaveURL(/cmp=1/);
    await expect(at.getByRole('region', { name: 'Diff' })).toContainText('v1 to v3');
    await expect(at.getByRole('region', { name: 'Why is status so?' })).toBeVisible();
  });
  await page.getByRole('tab', { name: /History/ }).click();
  await expectKept(page, browser, async (at) => {
    await expect(at.getByRole('row', { name: /OrderShipped/ })).toHaveAttribute('aria-selected', 'true');
  });
  // The tab before is one step back.
  await page.goBack();
  await expect(page.getByRole('region', { name: 'State at version 3' })).toBeVisible();
});

test('a trace along the time, a search with its hit, the tab of a projection', async ({
  page,
  browser,
  send,
  request,
}) => {
  const order = newOrder();
  await send('PlaceOrder', order, {
    customerId: `cus-montgolfier-${order}`,
    lines: [{ sku: 'MUG-011', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }],
  });
  const answer = await request.get(`/api/v1/streams/${order}/events`);
  const { events } = (await answer.json()) as { events: { metadata: { correlationId: string } }[] };
  await page.goto(`/traces/${events[0]?.metadata.correlationId}`);
  await page.getByRole('radio', { name: 'Time' }).click();
  await page.getByRole('grid', { name: 'What took how long' }).getByText('OrderPlaced').click();
  await expectKept(page, browser, async (at) => {
    await expect(at.getByRole('row', { name: /OrderPlaced/ })).toHaveAttribute('aria-selected', 'true');
    await expect(at.getByRole('radio', { name: 'Time' })).toBeChecked();
  });

  await page.goto('/search');
  const field = (at: Page) => at.getByRole('textbox', { name: 'Search streams and events' });
  await field(page).fill(`montgolfier ${order}`);
  await expect(page.getByRole('link', { name: new RegExp(order) }).first()).toBeVisible();
  await expect(page).toHaveURL(/q=/);
  await expectKept(page, browser, async (at) => {
    await expect(field(at)).toHaveValue(`montgolfier ${order}`);
    await expect(at.getByRole('link', { name: new RegExp(order) }).first()).toBeVisible();
  });

  await page.goto('/projections/orders');
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expectKept(page, browser, async (at) => {
    await expect(at.getByRole('tab', { name: 'Rows' })).toHaveAttribute('aria-selected', 'true');
  });
});
