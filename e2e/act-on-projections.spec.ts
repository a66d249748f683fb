import { randomUUID } from 'node:crypto';
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, expectAccessible, lines, newOrder, test } from './fixtures.ts';
import { failOrdersOf } from './order-fault.ts';

type Status = { version: number; checkpoint: string; lagEvents: number; parked: number };

/** Fills the open sheet by the keyboard alone and confirms it with Enter in its last field. */
async function confirmByKeyboard(page: Page, reason: string): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: 'Reason' }).focus();
  await page.keyboard.type(reason);
  await page.keyboard.press('Tab');
  await expect(sheet.getByRole('textbox', { name: /^Type orders/ })).toBeFocused();
  await page.keyboard.type('orders');
  await expect(sheet.getByText('It is kept with your name.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sheet).toBeHidden();
}

async function ordersStatus(request: APIRequestContext): Promise<Status> {
  return (await (await request.get('/api/v1/projections/orders')).json()) as Status;
}

test('a parked event is looked at and skipped with a reason; the account names who skipped it and why', async ({
  page,
  request,
}) => {
  const order = newOrder();
  const customer = `cus-${randomUUID().slice(0, 8)}`;
  const reason = `${order} was a test of the shop`;
  const send = (type: string, data: object) =>
    request.post(`/api/v1/commands/${type}`, { data: { streamId: order, data, waitForMs: 0 } });
  const fault = await failOrdersOf(customer, request);
  try {
    await send('PlaceOrder', { customerId: customer, lines });
    await send('ConfirmOrder', {});
    await expect.poll(async () => (await ordersStatus(request)).parked).toBe(2);
    await page.goto('/projections/orders?tab=errors');
    const group = page.getByRole('region', { name: 'The chosen group' });
    await expect(group.getByRole('region', { name: 'What was thrown' })).toContainText(fault.name);
    await expect(group.getByRole('region', { name: 'The event' })).toContainText(customer);
    await group.getByRole('button', { name: 'Skip one…' }).press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Skip 1 event in orders' });
    await expect(sheet.getByText("Can't be undone: the read model will never have these events.")).toBeVisible();
    await expect(sheet.getByText('wait behind them, and follow at once')).toBeVisible();
    await confirmByKeyboard(page, reason);
    // What waited behind it follows at once.
    await expect(page.getByText('Nothing of orders is parked.')).toBeVisible();
  } finally {
    await fault.mend();
  }
  await page.getByRole('tab', { name: 'Completeness' }).press('Enter');
  const skipped = page.getByRole('region', { name: 'Skipped events' }).getByRole('listitem').filter({ hasText: order });
  await expect(skipped).toContainText(reason);
  await expect(page.getByRole('heading', { name: /accounts for every position/ })).toBeVisible();
});

test('a rebuild is given up and leaves nothing; a rewind tells what it touches and applies events again', async ({
  page,
  request,
  deliveredOrder,
}) => {
  const { version } = await ordersStatus(request);
  const stream = await request.get(`/api/v1/streams/${deliveredOrder}/events`);
  const { events } = (await stream.json()) as { events: { globalPosition: string }[] };
  const before = String(Number(events[0]?.globalPosition) - 1);
  // A candidate that an earlier telling left behind stands in the way.
  await request.post('/api/v1/projections/orders/cancel', { data: { reason: 'left behind' } });
  await page.goto('/projections/orders?tab=versions');
  await page.getByRole('button', { name: 'Rebuild…' }).press('Enter');
  await page.getByRole('textbox', { name: 'Events a second at most' }).fill('1');
  await confirmByKeyboard(page, 'to see how long it takes');
  const candidate = page.getByRole('article').filter({ hasText: 'candidate' });
  await candidate.getByRole('button', { name: 'Cancel the build…' }).press('Enter');
  const giveUp = page.getByRole('dialog', { name: /^Give up orders v/ });
  await expect(giveUp.getByText('Rows dropped')).toBeVisible();
  await confirmByKeyboard(page, 'it takes too long');
  await expect(page.getByText(/^v\d+ was given up, told by the event at/)).toBeVisible();
  await expect(candidate).toHaveCount(0);
  await expect(page.getByRole('article', { name: `orders v${version}` })).toContainText('serving');

  await page.getByRole('button', { name: 'Rewind…' }).press('Enter');
  const sheet = page.getByRole('dialog', { name: `Apply events to orders v${version} again` });
  await expect(sheet.getByText('A position is needed.')).toBeVisible();
  await sheet.getByRole('textbox', { name: 'Position to go back to' }).fill(before);
  await expect(sheet.getByRole('definition').filter({ hasText: 'of category order' })).toHaveText(/^4of/);
  await expectAccessible(page);
  await confirmByKeyboard(page, 'to apply the last order again');
  await expect(page.getByText(`v${version} applies events again, told by the event at`)).toBeVisible();
  await expect.poll(async () => (await ordersStatus(request)).lagEvents).toBe(0);

  await page.getByRole('status').filter({ hasText: 'told by the event at' }).getByRole('link').click();
  await expect(page.getByRole('heading', { name: /ProjectionRewound/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('to apply the last order again');
  await page.goto(`/projections/orders?tab=rows&row=${deliveredOrder}`);
  await expect(page.getByRole('dialog', { name: deliveredOrder })).toContainText('It is what a fresh replay makes');
});

test('an objective that is not kept raises an alert, shown on the overview until it is resolved; meanwhile rows are seen as they were', async ({
  page,
  request,
  send,
}) => {
  const order = newOrder();
  await send('PlaceOrder', order, { customerId: 'cus-lovelace', lines });
  const { checkpoint } = await ordersStatus(request);
  const post = (path: string, data: object) => request.post(`/api/v1/projections/orders/${path}`, { data });
  const alerts = async () => {
    const response = await request.get('/api/v1/projections/alerts?projection=orders&limit=1');
    return ((await response.json()) as { alerts: { resolvedAt: string | null }[] }).alerts;
  };
  await page.goto('/projections/orders');
  await page.getByRole('button', { name: 'Objective…' }).press('Enter');
  const sheet = page.getByRole('dialog', { name: 'How far behind orders may be' });
  await sheet.getByRole('textbox', { name: 'Seconds' }).fill('0.5');
  await sheet.getByRole('textbox', { name: 'Reason' }).fill('somebody waits for it');
  await sheet.getByRole('button', { name: 'Set the objective' }).press('Enter');
  await expect(sheet).toBeHidden();
  try {
    await post('pause', { reason: 'told as a story' });
    await request.post('/api/v1/commands/CancelOrder', {
      data: { streamId: order, data: { reason: 'changed my mind' }, waitForMs: 0 },
    });
    await page.goto('/');
    const trouble = page.getByRole('region', { name: 'What needs a hand' }).getByRole('listitem');
    await expect(trouble.filter({ hasText: /orders is .* behind/ })).toContainText('alert raised');
    await expect(page.getByText('oldest pending')).toBeVisible();
    await trouble.getByRole('link', { name: 'Resume…' }).press('Enter');
    const goOn = page.getByRole('dialog', { name: /^Resume orders v\d+/ });
    await goOn.getByRole('textbox', { name: 'Reason' }).fill('told as a story');
    await goOn.getByRole('button', { name: /^Resume v/ }).press('Enter');
    await expect(goOn).toBeHidden();
    await page.goto('/');
    await expect(trouble.filter({ hasText: /orders is .* behind/ })).toBeHidden();

    await page.goto(`/projections/orders?tab=rows&after=${encodeURIComponent(previousKey(order))}`);
    await page.getByRole('textbox', { name: 'Position', exact: true }).fill(checkpoint);
    await page.getByRole('textbox', { name: 'Position', exact: true }).press('Enter');
    const both = page.getByRole('region', { name: 'Rows of orders, then and now' });
    const half = (when: string) => both.getByRole('row').filter({ hasText: order }).filter({ hasText: when });
    await expect(half('then')).toContainText('placed');
    await expect(half('now')).toContainText('cancelled');
    await page.getByRole('button', { name: 'Drop', exact: true }).press('Enter');
    await expect(both).toBeHidden();

    // Ten seconds in a row within its objective.
    await expect.poll(async () => (await alerts())[0]?.resolvedAt, { timeout: 20_000 }).not.toBeNull();
    await page.goto('/projections');
    const alert = page.getByRole('region', { name: 'Alerts' }).getByRole('listitem').first();
    await expect(alert).toContainText(/orders up to .* behind, objective 0\.5 s.*When it was raised: .*resolved/);
  } finally {
    await post('resume', { reason: 'told as a story' });
    await post('objective', { seconds: 5, reason: 'as it was' });
  }
});

/** A key that stands just before this one, so that a page of rows begins with it. */
function previousKey(key: string): string {
  return `${key.slice(0, -1)}${String.fromCharCode(key.charCodeAt(key.length - 1) - 1)}`;
}
