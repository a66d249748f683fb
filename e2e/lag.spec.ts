import { authorizationFor } from '#examples/authorization.ts';
import { expect, expectAccessible, newOrder, test } from './fixtures.ts';

type Status = { lagEvents: number };

test.describe('how far a projection is behind', () => {
  test('the page says what REST says, at ten moments under load, and why events wait', async ({
    page,
    request,
    baseURL,
  }) => {
    const orders = async () => (await (await request.get('/api/v1/projections/orders')).json()) as Status;
    const act = async (name: string, data: object) => {
      const response = await request.post(`/api/v1/projections/orders/${name}`, { data });
      expect(response.status()).toBe(202);
    };
    await page.goto('/projections/orders');
    await expect(page.getByText(/keeping pace|coming nearer/)).toBeVisible();
    await act('pause', { reason: 'to let it fall behind' });
    try {
      await expect(page.getByText('Why events wait:')).toBeVisible();
      // As a program, whose limit is a program's.
      const program = authorizationFor(baseURL ?? '', '.data/e2e');
      let loading = true;
      const load = (async () => {
        while (loading) {
          const event = { eventType: 'OrderCancelled', data: { reason: 'load' } };
          const path = `/api/v1/streams/${newOrder()}/events`;
          await request.post(path, { headers: program, data: { expectedVersion: 'any', events: [event] } });
        }
      })();
      const figure = page.getByText('Behind', { exact: true }).first().locator('xpath=following-sibling::*[1]');
      // It is held, so its lag only grows: what the page shows lies between what REST said 3 s before and says after.
      const said: { at: number; lagEvents: number }[] = [{ at: 0, lagEvents: 0 }];
      let text = '';
      for (let moment = 0; moment < 10; moment += 1) {
        said.push({ at: Date.now(), lagEvents: (await orders()).lagEvents });
        // Another second, another pulse.
        await expect(figure).not.toHaveText(text);
        text = (await figure.textContent()) ?? '';
        const readAt = Date.now();
        const shown = Number(text.replace(/\D/g, ''));
        const before = said.findLast(({ at }) => at <= readAt - 3000);
        expect(shown).toBeGreaterThanOrEqual(before?.lagEvents ?? 0);
        expect(shown).toBeLessThanOrEqual((await orders()).lagEvents);
      }
      expect(said.at(-1)?.lagEvents).toBeGreaterThan(0);
      loading = false;
      await load;
      await expect(page.getByText('Why events wait: paused by')).toBeVisible();
      await expectAccessible(page);
    } finally {
      await act('resume', { reason: 'seen enough' });
    }
    // 100 % only when equal.
    await expect.poll(async () => (await orders()).lagEvents).toBe(0);
    await expect(page.getByText('Why events wait:')).toBeHidden();
  });

  test('the day before is there when the page opens', async ({ page }) => {
    await page.goto('/projections/orders');
    await page
      .getByRole('radio', { name: '24 h' })
      .or(page.getByRole('button', { name: '24 h' }))
      .first()
      .click();
    await expect(page.getByRole('figure', { name: /Seconds behind/ })).toBeVisible();
  });
});
