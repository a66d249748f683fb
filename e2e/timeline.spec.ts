import { expect, expectAccessible, newOrder, test } from './fixtures.ts';

test.describe('the timeline', () => {
  test('by keyboard alone: to an event, into it, nearer, and all of it from the link again', async ({
    page,
    context,
    deliveredOrder,
  }) => {
    await page.goto(`/events?stream=${deliveredOrder}&lanes=eventType`);
    const timeline = page.getByRole('application', { name: 'Timeline' });
    await expect(page.getByRole('list', { name: 'Lanes' }).getByRole('listitem')).toHaveCount(4);
    await timeline.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByText(/^OrderConfirmed, order-.* 1 of 1 in OrderConfirmed, lane 1 of 4$/)).toBeAttached();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const inspector = page.getByRole('complementary', { name: 'Selected event' });
    await expect(inspector.getByRole('heading', { name: 'OrderDelivered' })).toBeVisible();
    await timeline.focus();
    await page.keyboard.press('+');
    await expect(page).toHaveURL(/from=.*to=/);
    for (let press = 0; press < 2; press += 1) {
      const before = stretchOf(page.url());
      await page.keyboard.press('+');
      await expect.poll(() => before / stretchOf(page.url())).toBeCloseTo(2, 1);
    }
    await expect(page.getByRole('row', { name: /OrderDelivered/ })).toBeVisible();
    const url = page.url();

    const other = await context.browser()?.newContext();
    const colleague = await other?.newPage();
    if (colleague === undefined) throw new Error('no second browser profile');
    await colleague.goto(url);
    await expect(colleague.getByRole('heading', { name: 'OrderDelivered' })).toBeVisible();
    await expect(colleague.getByRole('radio', { name: 'Lanes' })).toBeChecked();
    expect(colleague.url()).toBe(url);
    await other?.close();

    await page.getByText('Table', { exact: true }).click();
    await expect(timeline).toBeHidden();
    await page.goBack();
    await expect(timeline).toBeVisible();
    expect(page.url()).toBe(url);
  });

  test('never shows the events of a stream whose id begins alike', async ({ page, send }) => {
    const order = newOrder();
    const place = {
      customerId: 'cus-lovelace',
      lines: [{ sku: 'MUG-011', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }],
    };
    await send('PlaceOrder', order, place);
    await send('PlaceOrder', `${order}7`, place);
    await page.goto(`/events?stream=${order}`);
    await expect(page.getByText('1 event', { exact: true })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('list', { name: 'Lanes' })).toContainText('order1');
  });

  test('has no axe violation with lanes, in forced colours none either, and works at 320 px', async ({
    page,
    deliveredOrder,
  }) => {
    await page.goto(`/events?stream=${deliveredOrder}`);
    await expect(page.getByRole('application', { name: 'Timeline' })).toBeVisible();
    await page.getByRole('application', { name: 'Timeline' }).focus();
    await page.keyboard.press('ArrowRight');
    await expectAccessible(page);
    await page.emulateMedia({ forcedColors: 'active' });
    await expect(page.getByRole('application', { name: 'Timeline' })).toBeVisible();
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(`/events?stream=${deliveredOrder}`);
    await expect(page.getByRole('row', { name: /OrderShipped/ })).toBeVisible();
    const [scroll, client] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(scroll).toBe(client);
  });
});

/** Milliseconds of the stretch that the address has. */
function stretchOf(url: string): number {
  const { searchParams } = new URL(url);
  return Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '');
}
