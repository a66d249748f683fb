import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';

/** Answers every call of these procedures as a gateway would that is too busy, until it is told to stop. */
async function fail(page: Page, procedures: RegExp): Promise<() => Promise<void>> {
  const calls = (url: URL) => url.pathname.startsWith('/api/trpc/') && procedures.test(url.pathname);
  await page.route(calls, (route) => route.fulfill({ status: 429, body: 'too busy' }));
  return () => page.unroute(calls);
}

test('what could not be counted is said, and never stands as zero', async ({ page, deliveredOrder }) => {
  const mended = await fail(page, /events\.(facets|facetValues|density|timeline)/);
  await page.goto(`/events?stream=${deliveredOrder}&type=OrderShipped`);
  const filters = page.getByRole('complementary', { name: 'Filters' });
  await expect(filters.getByText('Nothing could be counted')).toBeVisible();
  await expect(page.getByText('not counted', { exact: true })).toBeVisible();
  await expect(page.getByText('The histogram could not be read')).toBeVisible();
  await expect(filters.getByRole('checkbox', { name: 'OrderShipped' })).toBeChecked();
  await expect(page.getByText(/^0( events?)?$/)).toHaveCount(0);
  await expectAccessible(page);
  await mended();
  const retry = page.getByRole('button', { name: 'Retry' });
  await expect(async () => {
    if ((await retry.count()) > 0) await retry.first().click({ timeout: 1000 });
    await expect(retry).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await expect(page.getByText('1 event', { exact: true })).toBeVisible();
  await expect(page.getByText('not counted')).toHaveCount(0);
});

test('which filter left nothing is said only when it is known', async ({ page, deliveredOrder }) => {
  // Asked for when the table has found nothing, mostly by themselves: what goes out together with others is let through.
  const mended = await fail(page, /\/((events\.facets|streams\.list),?)+$/);
  await expect(async () => {
    await page.goto(`/events?stream=${deliveredOrder}&type=OrderShipped&q=nothing-has-this`);
    await expect(page.getByText('No event matches these 3 filters.')).toBeVisible();
    await expect(page.getByText('Which of them it is could not be counted.')).toBeVisible({ timeout: 5000 });
  }).toPass({ timeout: 60_000 });
  await mended();
  await page.reload();
  await expect(page.getByText(/^No event with .* beside the other filters\.$/)).toBeVisible();
});

test('streams that could not be counted or read have no number', async ({ page }) => {
  const mended = await fail(page, /streams\.(categories|list)/);
  await page.goto('/streams');
  await expect(page.getByText('The categories could not be counted')).toBeVisible();
  await expect(page.getByText('The streams could not be read')).toBeVisible();
  await expect(page.getByText(/\b0 streams?\b/)).toHaveCount(0);
  await expect(page.getByText(/^No stream/)).toHaveCount(0);
  await mended();
  await page.getByRole('button', { name: 'Retry' }).first().click();
  await expect(page.getByRole('grid', { name: 'Streams' })).toBeVisible();
});

test('the events of a stream that could not be read are not loading for ever', async ({ page, deliveredOrder }) => {
  const mended = await fail(page, /streams\.events/);
  await page.goto(`/streams/${deliveredOrder}?tab=history`);
  await expect(page.getByText(/^The (events|stream) could not be read$/).first()).toBeVisible();
  await mended();
  await page.getByRole('button', { name: 'Retry' }).first().click();
  await expect(page.getByRole('row', { name: /OrderDelivered/ })).toBeVisible();
});
