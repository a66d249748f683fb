import { expect, expectAccessible, lines, newOrder, test } from './fixtures.ts';

const PAGES = [
  ['/', 'Overview'],
  ['/events', 'Events'],
  ['/events?range=1h', 'Events'],
  ['/streams', 'Streams'],
  ['/streams?sort=growth', 'Streams'],
  ['/design', 'Design'],
  ['/projections', 'Projections'],
  ['/projections/orders', 'orders'],
  ['/projections/orders?tab=errors', 'orders'],
  ['/projections/orders?tab=versions', 'orders'],
  ['/projections/orders?tab=rows', 'orders'],
  ['/projections/orders?tab=completeness', 'orders'],
  ['/projections/density?tab=rows', 'density'],
  ['/parked', 'Parked'],
  ['/processes', 'Processes'],
  ['/compare', 'Compare'],
  ['/commands', 'Commands'],
  ['/commands/PlaceOrder', 'PlaceOrder'],
  ['/search?q=order', 'Search'],
  ['/audit', 'Audit'],
  ['/approvals', 'Approvals'],
  ['/settings/gateway', 'Gateway'],
  ['/settings/operators', 'Operators'],
  ['/settings/keys', 'API keys'],
  ['/account/security', 'Account and security'],
  ['/account/sessions', 'Sessions'],
] as const;

test.describe('every page', () => {
  for (const [path, name] of PAGES) {
    test(`${path} shows no error and has no axe violation, in light and dark`, async ({ page, deliveredOrder }) => {
      expect(deliveredOrder).toMatch(/^order-/);
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      await expect(page.getByRole('status').filter({ hasText: /live/i }).first()).toBeVisible();
      await expect(page.getByRole('button', { name: 'Retry' })).toHaveCount(0);
      await expectAccessible(page);
    });
  }

  test('a stream has no axe violation, in light and dark', async ({ page, deliveredOrder }) => {
    await page.goto(`/streams/${deliveredOrder}`);
    await expect(page.getByText('"delivered"').first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/streams/${deliveredOrder}?tab=history`);
    await expect(page.getByText('OrderShipped').first()).toBeVisible();
    await expectAccessible(page);
  });

  test('an event, a receipt and an unknown page have no axe violation', async ({ page, deliveredOrder }) => {
    await page.goto(`/events?stream=${deliveredOrder}`);
    await page.getByRole('row', { name: /OrderShipped/ }).click();
    const inspector = page.getByRole('complementary', { name: 'Selected event' });
    await expect(inspector.getByRole('treeitem', { name: /^trackingNumber/ })).toContainText('•••');
    await expectAccessible(page);
    await page.goto('/commands');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await expect(page.getByRole('article', { name: 'Receipt' })).toBeVisible();
    await expectAccessible(page);
    await page.goto('/nowhere');
    await expectAccessible(page);
  });

  test('a phone reads no more events than it shows', async ({ page, send }) => {
    for (let order = 0; order < 30; order += 1)
      await send('PlaceOrder', newOrder(), { customerId: 'cus-narrow', lines });
    await page.setViewportSize({ width: 320, height: 400 });
    await page.goto('/events');
    const grid = page.getByRole('grid', { name: /^Events/ });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    expect(await grid.getByRole('row').count()).toBeLessThan(28);
  });

  test('the pages work at 320 px without scrolling sideways', async ({ page, deliveredOrder, tidemark }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    const { runs } = await tidemark.commands.runs.query({});
    for (const path of [
      '/',
      '/projections',
      '/projections/orders',
      '/projections/orders?tab=versions',
      '/parked',
      '/compare',
      '/commands',
      '/commands/CancelOrder',
      `/commands/runs/${runs[0]?.commandId}`,
      '/search?q=order',
      '/streams',
      '/streams?sort=growth',
      `/streams/${deliveredOrder}?tab=causation`,
      `/streams/${deliveredOrder}?tab=history`,
      '/audit',
      '/approvals',
      '/settings/gateway',
      '/settings/operators',
      '/settings/keys',
      '/account/security',
      '/account/sessions',
      `/streams/${deliveredOrder}`,
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const widths = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect([path, widths[0]]).toEqual([path, widths[1]]);
    }
  });
});
