import { randomUUID } from 'node:crypto';
import { expect, expectAccessible, lines, newOrder, test } from './fixtures.ts';
import { failOrdersOf } from './order-fault.ts';

type Version = { version: number; state: string; promotable: boolean };
type Status = { version: number; parked: number; versions: Version[] };

test('an event that can not be handled is parked, looked at, and retried once the fault is mended', async ({
  page,
  request,
}) => {
  const order = newOrder();
  const customer = `cus-${randomUUID().slice(0, 8)}`;
  const status = async () => (await (await request.get('/api/v1/projections/orders')).json()) as Status;
  const post = (type: string, data: object) =>
    request.post(`/api/v1/commands/${type}`, { data: { streamId: order, data, waitForMs: 0 } });
  const fault = await failOrdersOf(customer, request);
  try {
    await post('PlaceOrder', { customerId: customer, lines });
    await post('ConfirmOrder', {});
    await expect.poll(async () => (await status()).parked).toBe(2);
    await fault.holdRetries();

    await page.goto('/parked');
    const group = page.getByRole('region', { name: 'The chosen group' });
    await expect(group.getByRole('heading', { level: 2 })).toContainText(fault.name);
    await expect(group.getByText('Later events of this stream wait: 1')).toBeVisible();
    await expect(group.getByRole('region', { name: 'What was thrown' }).locator('pre')).toContainText('at ');
    await expect(group.getByRole('region', { name: 'The event' })).toContainText(customer);
    await expect(page.getByRole('link', { name: /Parked.*2 in trouble/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Retry one…' }).press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Retry 1 event in orders' });
    await expect(sheet.getByText('A reason is needed.')).toBeVisible();
    await sheet.getByRole('textbox', { name: 'Reason' }).fill('the constraint was dropped');
    // Mended just now, it is ours to retry and not the next attempt's.
    await fault.holdRetries();
    await fault.mend();
    await sheet.getByRole('button', { name: 'Retry 1' }).press('Enter');
  } finally {
    await fault.mend();
  }
  await expect(page.getByText('Nothing is parked.')).toBeVisible();
  await expect(page.getByText('Retry: 1 of 1 handled.')).toBeVisible();
  await expect(page.getByRole('link', { name: /in trouble/ })).toHaveCount(0);

  await page.goto(`/projections/orders?tab=rows&row=${order}`);
  await expect(page.getByRole('dialog', { name: order })).toContainText('It is what a fresh replay makes');
  await expect(page.getByRole('dialog', { name: order })).toContainText('OrderConfirmed');
  await expectAccessible(page);
});

test('a rebuild is begun, watched, promoted and rolled back', async ({ page, request, deliveredOrder }) => {
  expect(deliveredOrder).toMatch(/^order-/);
  const before = ((await (await request.get('/api/v1/projections/orders')).json()) as Status).version;
  // A candidate that an earlier telling left behind stands in the way.
  await request.post('/api/v1/projections/orders/cancel', { data: { reason: 'left behind' } });
  await page.goto('/projections/orders?tab=versions');

  const act = async (button: string, confirm: string, fill: Record<string, string> = {}, typed = true) => {
    await page.getByRole('button', { name: button, exact: true }).first().click();
    const sheet = page.getByRole('dialog');
    for (const [label, value] of Object.entries(fill)) await sheet.getByRole('textbox', { name: label }).fill(value);
    await sheet.getByRole('textbox', { name: 'Reason' }).fill('told as a story');
    if (typed) {
      await expect(sheet.getByRole('button', { name: confirm })).toBeDisabled();
      await sheet.getByRole('textbox', { name: /^Type orders/ }).fill('orders');
    }
    await sheet.getByRole('button', { name: confirm }).click();
    await expect(sheet).toBeHidden();
  };

  await page.getByRole('button', { name: 'Rebuild…' }).click();
  const sheet = page.getByRole('dialog', { name: `Rebuild orders beside v${before}` });
  await expect(sheet.getByText('of category order, up to the mark')).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await act('Rebuild…', 'Rebuild orders', { 'Events a second at most': '1' });
  await expect(page.getByText(/is being built, told by the event at/)).toBeVisible();

  const candidate = page.getByRole('article').filter({ hasText: 'candidate' });
  await expect(candidate.getByText(/of [\d,]+ events, .*at most 1\/s/)).toBeVisible();
  await expect(page.getByText(/is being built: promote or cancel it first/)).toBeVisible();
  await candidate.getByRole('button', { name: 'Throttle…' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('as fast as it goes');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Throttle v/ })
    .click();
  await expect(candidate.getByText(/follows the store/)).toBeVisible({ timeout: 30_000 });
  await expect(candidate.getByRole('button', { name: 'Promote…' })).toBeEnabled();
  await expectAccessible(page);

  await act('Promote…', 'Promote v');
  await expect(page.getByText(/is the one that readers see, told by/)).toBeVisible();
  await expect(page.getByRole('article').filter({ hasText: 'before, follows for a rollback' })).toBeVisible();
  await act('Roll back…', `Roll back to v${before}`);
  await expect(page.getByText(`v${before} is the one that readers see again`)).toBeVisible();
  // The note is there at once; the versions follow with the next pulse.
  await expect(page.getByRole('article', { name: `orders v${before}` })).toContainText('serving');
  await act('Drop…', 'Drop v');
  await expect(page.getByRole('article')).toHaveCount(1);
  expect(((await (await request.get('/api/v1/projections/orders')).json()) as Status).version).toBe(before);
});

test('what a frozen worker ran shows as stalled, with its cause, within 5 seconds', async ({ page, request }) => {
  const { workers } = (await (await request.get('/api/v1/workers')).json()) as {
    workers: { processId: number; silentSeconds: number }[];
  };
  const alive = workers.filter(({ silentSeconds }) => silentSeconds < 2);
  expect(alive).toHaveLength(1);
  await page.goto('/projections/orders');
  await expect(page.getByText(/Keeping pace|Coming nearer/)).toBeVisible();
  for (const { processId } of alive) process.kill(processId, 'SIGSTOP');
  try {
    const frozenAt = Date.now();
    const left = () => Math.max(1, 5000 - (Date.now() - frozenAt));
    await expect(page.getByText('orders is stalled: no worker runs')).toBeVisible({ timeout: left() });
    await expect(page.getByText('Why events wait: no worker runs')).toBeVisible({ timeout: left() });
    await expect(page.getByRole('banner').getByText('stalled')).toBeVisible({ timeout: left() });
    await expectAccessible(page);
  } finally {
    for (const { processId } of alive) process.kill(processId, 'SIGCONT');
  }
  await expect(page.getByText('orders is stalled')).toBeHidden();
  await expect(page.getByText('Why events wait:')).toBeHidden();
});
