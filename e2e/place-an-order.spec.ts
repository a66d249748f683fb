import { expect, expectAccessible, newOrder, test } from './fixtures.ts';

test('an operator places an order by keyboard and sees where it went', async ({ page }) => {
  const order = newOrder();
  await page.goto(`/commands/PlaceOrder?stream=${order}`);
  await expect(page.getByLabel('Expected version')).toHaveValue('0, a new stream');
  await page.getByLabel('Customer').focus();
  for (const text of ['cus-lovelace', 'TEE-BLK-M', '2', '1900', 'EUR']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
  await page.getByLabel('Recipient').fill('Ada Lovelace');
  // What is personal is in no address, while the form is filled or later.
  await expect(page).toHaveURL(/draft=.*cus-lovelace/);
  expect(page.url()).not.toMatch(/Ada|recipient/);
  await page.getByLabel('Currency').press('Enter');

  const dryRun = page.getByRole('region', { name: 'Dry run' });
  await expect(dryRun.getByText('nothing written')).toBeVisible();
  await expect(dryRun.getByText('Would append 1 event')).toBeVisible();
  const send = dryRun.getByRole('button', { name: 'Send PlaceOrder' });
  // A second Enter sends nothing: what would happen is read first.
  await expect(dryRun.getByRole('heading', { name: 'Dry run' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(send).toBeEnabled();
  await send.press('Enter');

  const receipt = page.getByRole('region', { name: 'Receipt' });
  await expect(receipt.getByText(`${order} is placed, version 1`)).toBeVisible();
  for (const step of [
    'receive',
    'validate',
    'load_events',
    'replay',
    'decide',
    'append',
    'publish',
    'project',
    'acknowledge',
    'query_state',
  ]) {
    await expect(receipt.getByText(step, { exact: true })).toBeVisible();
  }
  await expect(receipt.getByText('applied', { exact: true })).toHaveCount(2);
  await expect(receipt.getByText('Both projections have applied it.')).toBeVisible();
  await expect(receipt.getByRole('heading', { name: 'Receipt' })).toBeFocused();
  await expect(page).not.toHaveURL(/draft=/);
  // The receipt is longer than the window: its column scrolls, the page with its bar does not.
  const heights = await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight]);
  expect(heights[0]).toBe(heights[1]);
});

test('wrong values are named at their fields, and nothing is written', async ({ page }) => {
  const order = newOrder();
  await page.goto(`/commands/PlaceOrder?stream=${order}`);
  await page.getByLabel('Customer').fill('cus-lovelace');
  await page.getByLabel('SKU').fill('TEE-BLK-M');
  await page.getByLabel('Quantity').fill('0');
  await page.getByLabel('Amount').fill('1900');
  await page.getByLabel('Currency').fill('Euro');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await expect(page.getByLabel('Quantity')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Quantity')).toBeFocused();
  await expect(page.getByText('must be three capital letters, such as EUR')).toBeVisible();
  await page.getByLabel('Quantity').fill('3');
  await page.getByLabel('Currency').fill('EUR');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await expect(page.getByText('Would append 1 event')).toBeVisible();
});

test('a delivered order can not be cancelled: the reason and the current state are the answer', async ({
  page,
  deliveredOrder,
}) => {
  await page.goto(`/commands/CancelOrder?stream=${deliveredOrder}`);
  await expect(page.getByLabel('Expected version')).toHaveValue('4');
  await page.getByLabel('Reason').fill('changed my mind');
  await page.getByLabel('Reason').press('Enter');
  const dryRun = page.getByRole('region', { name: 'Dry run' });
  await expect(dryRun.getByText('Would be refused')).toBeVisible();
  await dryRun.getByRole('button', { name: 'Send it all the same' }).click();
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await expect(receipt.getByText('order-already-delivered')).toBeVisible();
  await expect(receipt.getByText(/a delivered order can not be cancelled/)).toBeVisible();
  await expect(receipt.getByText('"delivered"')).toBeVisible();

  await page.goto('/commands?outcome=rejected');
  await expect(page.getByRole('row', { name: new RegExp(deliveredOrder) }).getByText('refused')).toBeVisible();
});

test('somebody was faster: the form shows what happened since and offers to rebase', async ({
  page,
  deliveredOrder,
  send,
}) => {
  await page.goto(`/commands/ReturnOrder?stream=${deliveredOrder}`);
  await expect(page.getByLabel('Expected version')).toHaveValue('4');
  await send('ReturnOrder', deliveredOrder, { lines: [{ sku: 'TEE-BLK-M', quantity: 1 }], reason: 'size' });
  await page.getByLabel('SKU').fill('TEE-BLK-M');
  await page.getByLabel('Quantity').fill('1');
  await page.getByLabel('Reason').fill('colour');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await expect(page.getByText(`${deliveredOrder} has moved on`)).toBeVisible();
  await page.getByRole('button', { name: 'Rebase to version 5' }).click();
  await expect(page.getByText('Would append 1 event')).toBeVisible();
});

test('what if it had been sent earlier: the rules answer on the state as it was, and nothing is written', async ({
  page,
  deliveredOrder,
}) => {
  await page.goto(`/commands/CancelOrder?stream=${deliveredOrder}`);
  await expect(page.getByLabel('Expected version')).toHaveValue('4');
  await page.getByLabel('Reason').fill('changed my mind');
  await page.getByRole('radio', { name: 'As it is' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByLabel('Version', { exact: true }).fill('2');
  await page.getByLabel('Version', { exact: true }).press('Enter');
  const answer = page.getByRole('region', { name: 'What if, at version 2' });
  await expect(answer.getByText('nothing written')).toBeVisible();
  await expect(answer.getByText('Would have appended 1 event')).toBeVisible();
  await expect(answer.getByText(/2 events came since/)).toBeVisible();
  await expectAccessible(page);
  await expect(answer.getByRole('heading', { level: 2 })).toBeFocused();
  await expect(answer.getByRole('button', { name: 'Back to the newest version' })).toBeVisible();
  await answer.getByRole('button', { name: 'Back to the newest version' }).press('Enter');
  await page.getByLabel('Reason').press('Enter');
  await expect(page.getByRole('region', { name: 'Dry run' }).getByText('Would be refused')).toBeVisible();
});
