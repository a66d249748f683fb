import { expect, test } from './fixtures.ts';

test.describe('finding one’s way', () => {
  test('the palette takes a position and a page by keyboard alone, and remembers what was opened and was there', async ({
    page,
    deliveredOrder,
    tidemark,
  }) => {
    const { events } = await tidemark.streams.events.query({ streamId: deliveredOrder, limit: 1 });
    const position = events[0]?.globalPosition ?? '';
    await page.goto('/projections');
    await expect(page.getByText('LIVE', { exact: true }).or(page.getByText('WAITING FOR EVENTS'))).toBeVisible();
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('A page, a stream, a position, a command');
    await expect(field).toBeFocused();
    await field.fill(position);
    const option = page.getByRole('option', { name: `Event ${Number(position).toLocaleString('en')}` });
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/events/${position}$`));
    await expect(page.getByRole('heading', { level: 2, name: 'OrderPlaced' })).toBeVisible();
    await expect(field).toBeHidden();

    await page.goto('/projections/nope');
    await expect(page.getByText('No projection is named nope.')).toBeVisible();
    await page.keyboard.press('Control+k');
    await field.fill('proj');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/projections$/);
    await expect(field).toBeHidden();
    // On the page itself or on the first thing in it that takes the focus.
    await expect(page.locator('main:focus, main :focus')).toHaveCount(1);

    await page.keyboard.press('Control+k');
    await expect(option).toBeVisible();
    await expect(page.getByRole('option', { name: /nope/ })).toHaveCount(0);
    // It opens again while it still goes.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(field).toBeFocused();
    await expect(page.locator('[data-ending-style]')).toHaveCount(0);
    await expect(field).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
  });

  test('an id finds itself first, then those that begin so; from a stream one sends it a command', async ({
    page,
    deliveredOrder,
    send,
  }) => {
    await send('AuthorizePayment', deliveredOrder.replace('order', 'payment'), {
      orderId: deliveredOrder,
      amount: { amount: 3800, currency: 'EUR' },
      method: 'card',
    });
    await page.goto('/streams');
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('A page, a stream, a position, a command');
    await field.fill(deliveredOrder.slice(0, -2));
    await expect(page.getByText('Searching streams…')).toBeHidden();
    const first = page.getByRole('option').first();
    await expect(first).toContainText(deliveredOrder);
    await expect(first).toContainText('its id begins with');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/streams/${deliveredOrder}$`));

    await page.getByRole('button', { name: 'Send a command' }).click();
    await page.getByRole('menuitem', { name: /CancelOrder/ }).click();
    await expect(page.getByRole('textbox', { name: 'Stream' })).toHaveValue(deliveredOrder);

    await page.goBack();
    await expect(page.getByRole('button', { name: 'Send a command' })).toBeVisible();
    await page.keyboard.press('Control+k');
    await field.fill('CancelOrder');
    await expect(page.getByRole('option', { name: `CancelOrder send to ${deliveredOrder}` })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Stream' })).toHaveValue(deliveredOrder);

    await page.goto(`/search?q=${deliveredOrder}`);
    await expect(page.getByRole('list', { name: 'Hits' }).getByRole('link').first()).toContainText('this id');
  });

  test('keys go to pages, the help lists them, and they can be turned off', async ({ page }) => {
    await page.goto('/commands');
    await expect(page.getByRole('heading', { level: 1, name: 'Commands' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Find or run' }).first()).toBeEnabled();
    const rows = page.getByRole('main').locator('[data-row]');
    await expect(rows.nth(1)).toBeVisible();
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
    await expect(rows.first()).toBeFocused();
    await expect(async () => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible({ timeout: 500 });
    }).toPass();
    await expect(page.getByText('Go to', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await expect(page).toHaveURL(/\/streams/);

    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: 'Keys are on' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
    await expect(page).toHaveURL(/\/streams/);
  });

  test('theme and zone are there again after a reload, the theme before anything is drawn', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/');
    await page.getByRole('button', { name: 'Light or dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.keyboard.press('t');
    await expect(page.getByLabel('Time zone: UTC')).toBeVisible();
    const answer = await page.reload({ waitUntil: 'commit' });
    expect(await answer?.text()).toContain('data-theme="dark"');
    await expect(page.getByLabel('Time zone: UTC')).toBeVisible();
  });

  test('a small screen has the pages in a menu', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Projections' }).click();
    await expect(page).toHaveURL(/\/projections$/);
    await expect(page.getByRole('heading', { level: 1, name: 'Projections' })).toBeVisible();
  });

  test('three tabs of a browser share one live connection', async ({ context }) => {
    const opened: string[] = [];
    context.on('request', (request) => {
      if (request.url().includes('live.pulse')) opened.push(request.url());
    });
    const tabs = [await context.newPage(), await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto('/projections');
      await expect(tab.getByText('LIVE', { exact: true }).or(tab.getByText('WAITING FOR EVENTS'))).toBeVisible();
    }
    expect(opened).toHaveLength(1);
    await tabs[0]?.close();
    await expect.poll(() => opened.length).toBe(2);
  });

  test('an address with nothing at it says so and leads on', async ({ page }) => {
    await page.goto('/nowhere/else');
    await expect(page.getByText('There is no page at this address.')).toBeVisible();
    await page.getByRole('link', { name: 'To the overview', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  });
});
