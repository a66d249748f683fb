import { expect, test } from '@playwright/test';

test.describe('finding one’s way', () => {
  test('the palette takes a position and a page by keyboard alone, and remembers what was opened', async ({ page }) => {
    await page.goto('/projections');
    await expect(page.getByText('LIVE', { exact: true }).or(page.getByText('WAITING FOR EVENTS'))).toBeVisible();
    await page.keyboard.press('Control+k');
    const field = page.getByPlaceholder('A page, a stream, a position, a command');
    await expect(field).toBeFocused();
    await field.fill('4,812');
    await expect(page.getByRole('option', { name: 'Event 4,812' })).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/events\/4812$/);
    await expect(field).toBeHidden();

    await page.keyboard.press('Control+k');
    await field.fill('proj');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/projections$/);
    await expect(field).toBeHidden();
    await expect(page.getByRole('main')).toBeFocused();

    await page.keyboard.press('Control+k');
    await expect(page.getByRole('option', { name: 'Event 4,812' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
  });

  test('keys go to pages, the help lists them, and they can be turned off', async ({ page }) => {
    await page.goto('/commands');
    await expect(page.getByRole('heading', { level: 1, name: 'Commands' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Find or run' }).first()).toBeEnabled();
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
