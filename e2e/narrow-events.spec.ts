import { expect, expectAccessible, newOrder, test } from './fixtures.ts';

const place = (amount: number) => ({
  customerId: 'cus-lovelace',
  lines: [{ sku: 'MUG-011', quantity: 1, unitPrice: { amount, currency: 'EUR' } }],
});

test('narrow events by a condition on the payload: completed, told where it is wrong, kept by name', async ({
  page,
  send,
}) => {
  const dear = newOrder();
  // An amount that no earlier run on the same store has.
  const amount = 7_000_000 + Math.floor(Math.random() * 1_000_000_000);
  await send('PlaceOrder', dear, place(amount));
  await send('PlaceOrder', newOrder(), place(100));
  await page.goto('/events');
  const where = page.getByRole('combobox', { name: 'Condition on payload fields' });
  await where.fill('data.total.am');
  await expect(page.getByRole('option', { name: /data\.total\.amount/ })).toBeVisible();
  await where.fill('data.total.amount > and');
  await where.press('Escape');
  await where.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'column 21' })).toBeVisible();
  await where.fill(`data.total.amount = ${amount} and data.total.currency = "EUR"`);
  await where.press('Escape');
  await where.press('Enter');
  await expect(page).toHaveURL(/where=/);
  await expect(page.getByRole('row', { name: new RegExp(dear) })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Name of this view' }).fill('dear orders');
  await page.getByRole('button', { name: 'Save' }).click();
  await expectAccessible(page);
  await page.goto('/events');
  await page.getByRole('link', { name: 'dear orders' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
});

test('events are found by a part of their stream’s id: in the filter, in the palette, and from an id that no stream has', async ({
  page,
  deliveredOrder,
}) => {
  const part = deliveredOrder.slice(8);
  const rows = page.getByRole('grid').getByRole('row');
  await page.goto('/events');
  await expect(rows.nth(1)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(part);
  await page.getByRole('option', { name: `stream is ${deliveredOrder}` }).click();
  await expect(page).toHaveURL(new RegExp(`stream=${deliveredOrder}`));
  await expect(rows).toHaveCount(5);

  for (const unknown of [part, deliveredOrder.slice(0, -1)]) {
    await page.goto(`/events?stream=${unknown}`);
    await expect(page.getByText(`No stream has the id “${unknown}”.`)).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: /could not/ })).toHaveCount(0);
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: deliveredOrder, exact: true }).click();
  await expect(rows).toHaveCount(5);

  await page.keyboard.press('Control+k');
  await page.keyboard.type(deliveredOrder.slice(2));
  await expect(page.getByRole('option').first()).toContainText(deliveredOrder);
  await expect(page.getByText('Searching streams…')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/streams/${deliveredOrder}$`));
});
