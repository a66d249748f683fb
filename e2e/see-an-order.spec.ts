import { expect, lines, newOrder, test } from './fixtures.ts';

test('a new order appears in the live tail without a reload', async ({ page, send }) => {
  await page.goto('/events?live=1');
  await expect(page.getByRole('status').filter({ hasText: /live/i }).first()).toBeVisible();
  const order = newOrder();
  await send('PlaceOrder', order, { customerId: 'cus-lovelace', lines });
  await expect(page.getByText(order).first()).toBeVisible();
});

test('an operator steps through the versions of an order with the keyboard and sees what each changed', async ({
  page,
  deliveredOrder,
}) => {
  await page.goto(`/streams/${deliveredOrder}`);
  const state = page.getByRole('region', { name: 'State at version 4' });
  await expect(state.getByText('"delivered"')).toBeVisible();
  await page.keyboard.press('[');
  await expect(page.getByRole('region', { name: 'State at version 3' }).getByText('"shipped"')).toBeVisible();
  await expect(page).toHaveURL(/v=3/);
  const diff = page.getByRole('region', { name: 'Diff' });
  await expect(diff.getByText('"carrier": "DHL"')).toBeVisible();
  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(page.getByRole('region', { name: 'State at version 1' }).getByText('"placed"')).toBeVisible();
  await page.keyboard.press(']');
  const confirmed = page.getByRole('region', { name: 'State at version 2' });
  await expect(confirmed.getByText('"confirmed"')).toBeVisible();
  await expect(confirmed.getByText(/^2 folded in .+ ms$/)).toBeVisible();
  // On a small screen what stands above the panes is one row and the slider: they are higher than they must be.
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(async () => (await confirmed.boundingBox())?.height).toBeGreaterThan(330);
});

test('a misspelt word finds the order', async ({ page, send }) => {
  const order = newOrder();
  await send('PlaceOrder', order, { customerId: `cus-montgolfier-${order}`, lines });
  await page.goto('/search');
  await page.getByLabel('Search streams and events').fill(`montgolfer ${order.slice(6)}`);
  await expect(page.getByRole('link', { name: new RegExp(order) }).first()).toBeVisible();
});

test('lag is shown live and returns to 0', async ({ page, send }) => {
  await page.goto('/projections/orders');
  await expect(page.getByRole('heading', { name: 'orders' })).toBeVisible();
  for (let n = 0; n < 10; n += 1) await send('PlaceOrder', newOrder(), { customerId: 'cus-lovelace', lines });
  await expect(page.getByRole('figure', { name: /Seconds behind: 0 s behind now/ })).toBeVisible();
  await expect(page.getByRole('figure', { name: /Events a second: in 0?\.?\d/ })).toBeVisible();
  await expect(page.getByText('running').first()).toBeVisible();
});

test('the palette goes to a stream by its id', async ({ page, deliveredOrder }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(deliveredOrder);
  await expect(page.getByRole('option', { name: new RegExp(deliveredOrder) }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(deliveredOrder));
});
