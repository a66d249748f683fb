import type { Page } from '@playwright/test';
import { expect, expectAccessible, lines, newOrder, test } from './fixtures.ts';

/** Tab stops from the top of a page to the first row, skip links used as they come. */
async function stopsTo(page: Page, isThere: () => Promise<boolean>): Promise<number> {
  for (let stops = 1; stops <= 6; stops += 1) {
    await page.keyboard.press('Tab');
    if (await isThere()) return stops;
    const skips = await page.evaluate(() => document.activeElement?.textContent?.startsWith('Skip to') ?? false);
    if (skips) await page.keyboard.press('Enter');
    if (await isThere()) return stops;
  }
  return Number.POSITIVE_INFINITY;
}

/** The focus is on a row, or on a grid that names its rows itself. */
const onRows = (page: Page) => () =>
  page.evaluate(() => document.activeElement?.matches('main [role=grid], main [data-row]') ?? false);

test('the first row is within five Tab stops: of events, of streams, of projections', async ({
  page,
  deliveredOrder,
}) => {
  for (const [path, row] of [
    [`/events?stream=${deliveredOrder}`, /OrderDelivered/],
    [`/streams?q=${deliveredOrder}`, new RegExp(deliveredOrder)],
    ['/projections', /orders/],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('row', { name: row }).first()).toBeVisible();
    expect(await stopsTo(page, onRows(page)), path).toBeLessThanOrEqual(5);
  }
  await page.goto(`/events?stream=${deliveredOrder}`);
  await expect(page.getByRole('row', { name: /OrderDelivered/ })).toBeVisible();
  await stopsTo(page, onRows(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Selected event' })).toBeVisible();
  await page.goto(`/streams?q=${deliveredOrder}`);
  await expect(page.getByRole('row', { name: new RegExp(deliveredOrder) })).toBeVisible();
  await stopsTo(page, onRows(page));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/streams/${deliveredOrder}`));
});

test('the palette finds by a customer’s misspelt words, by ids, position, projection and command', async ({
  page,
  send,
  request,
}) => {
  const order = newOrder();
  const name = `vespertine${order.slice(6)}`;
  await send('PlaceOrder', order, { customerId: `cus-${name}`, lines });
  const answer = await request.get(`/api/v1/streams/${order}/events`);
  const { events } = (await answer.json()) as {
    events: { eventId: string; globalPosition: string; metadata: { correlationId: string } }[];
  };
  const [placed] = events;
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  const field = page.getByPlaceholder('A page, a stream, a position, a command');
  const find = async (text: string, option: string | RegExp) => {
    await expect(async () => {
      await page.keyboard.press('Control+k');
      await expect(field).toBeFocused({ timeout: 500 });
    }).toPass();
    await page.keyboard.type(text);
    await expect(page.getByRole('option', { name: option })).toHaveAttribute('aria-selected', 'true');
  };

  await find(`cus-${name.replace('tine', 'tin')}`, new RegExp(order));
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/streams/${order}`));
  await find(placed?.eventId ?? '', /OrderPlaced of .*by its id/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/events/${placed?.globalPosition}$`));
  await find(placed?.metadata.correlationId ?? '', /^Trace /);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traces\//);
  await find('orders', /^orders/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/projections\/orders$/);
  await find('ship ord', /ShipOrder/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/commands\/ShipOrder$/);
});

test('what is searched for from the palette on the search page is searched for', async ({ page }) => {
  await page.goto('/search?q=lovelace');
  const field = page.getByRole('textbox', { name: 'Search streams and events' });
  await expect(field).toHaveValue('lovelace');
  await expect(field).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('no such thing at all');
  await page.getByRole('option', { name: /^Search for/ }).click();
  await expect(field).toHaveValue('no such thing at all');
});

test('menus and dialogs have no axe violation while they are open', async ({ page, deliveredOrder }) => {
  await page.goto(`/events?stream=${deliveredOrder}`);
  await expect(page.getByRole('row', { name: /OrderShipped/ })).toBeVisible();
  await page.getByRole('combobox', { name: 'Lanes' }).click();
  await expect(page.getByRole('listbox')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(page);
});
