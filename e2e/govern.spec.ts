import { expect, expectAccessible, test } from './fixtures.ts';
import { addOperator, signIn } from './sign-in.ts';

test.describe('governing', () => {
  test('an act is found in the audit, with why and from where, by words, by keys and by its address', async ({
    page,
    tidemark,
  }) => {
    const reason = `to look at it, ${Date.now()}`;
    await tidemark.projections.pause.mutate({ name: 'density', reason });
    await tidemark.projections.resume.mutate({ name: 'density', reason });

    await page.goto('/audit');
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
    await expect(page.getByText(/links? of the hash chain hold/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Words' }).fill(reason);
    await page.getByRole('textbox', { name: 'Words' }).press('Enter');
    await expect(page).toHaveURL(/q=/);
    await expect(page.getByRole('button', { name: 'projections.pause' })).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'projections.resume' })).toHaveCount(1);
    await expectAccessible(page);

    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('j');
    const entry = page.getByRole('dialog', { name: 'projections.resume' });
    await expect(entry.getByText(reason)).toBeVisible();
    await expect(entry.getByText('127.0.0.1')).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(entry.getByText(reason)).toBeVisible();

    await page.getByRole('button', { name: 'Close' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    expect((await download).suggestedFilename()).toBe('audit.ndjson');
    // The export is an entry too, and it names the words that it looked for.
    await expect(page.getByText('3 entries')).toBeVisible();

    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect(page.getByRole('button', { name: 'audit.export' }).first()).toBeVisible();
  });

  test('an act that needs a second operator waits on the page, and nobody approves their own', async ({
    page,
    tidemark,
  }) => {
    await page.goto('/approvals');
    await page.getByRole('checkbox', { name: 'projections.rewind' }).check();
    await page.getByRole('textbox', { name: 'Why it is changed' }).fill('two pairs of eyes');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Set', exact: true })).toHaveCount(0);

    const reason = `a handler was mended, ${Date.now()}`;
    const asked = tidemark.projections.rewind.mutate({ name: 'density', to: '0', reason });
    await expect(asked).rejects.toThrow(/approval of a second operator/);
    const waiting = page.getByRole('article').filter({ hasText: reason });
    await expect(waiting.getByText('pending')).toBeVisible();
    await expectAccessible(page);
    await expect(waiting.getByText(/a second operator decides/)).toBeVisible();
    await expect(waiting.getByRole('button', { name: 'Approve' })).toHaveCount(0);
    await waiting.getByRole('button', { name: 'Withdraw' }).click();
    await expect(waiting.getByText('withdrawn')).toBeVisible();

    await page.getByRole('checkbox', { name: 'projections.rewind' }).uncheck();
    await page.getByRole('textbox', { name: 'Why it is changed' }).fill('enough of it');
    await page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Set', exact: true })).toHaveCount(0);
  });

  test('a second operator approves on a page of their own, and who asked then does the act', async ({
    page,
    tidemark,
    baseURL,
    browser,
  }) => {
    await tidemark.approvals.setRules.mutate({ acts: ['projections.rewind'], reason: 'two pairs of eyes' });
    const reason = `the handler of density was mended, ${Date.now()}`;
    const asked = tidemark.projections.rewind.mutate({ name: 'density', to: '0', reason });
    await expect(asked).rejects.toThrow(/approval of a second operator/);

    const email = `second-${Date.now()}@example.com`;
    await addOperator(baseURL ?? '', email);
    const theirs = await browser.newContext({ storageState: await signIn(baseURL ?? '', email) });
    const second = await theirs.newPage();
    await second.goto('/approvals');
    const waiting = second.getByRole('article').filter({ hasText: reason });
    await waiting.getByRole('textbox', { name: 'Why' }).fill('I looked at it');
    await waiting.getByRole('button', { name: 'Approve' }).click();
    await expect(waiting.getByText('approved', { exact: true })).toBeVisible();
    await theirs.close();

    await page.goto('/approvals');
    const approved = page.getByRole('article').filter({ hasText: reason });
    await expect(approved.getByText(`${email}: “I looked at it”`)).toBeVisible();
    await approved.getByRole('button', { name: 'Do it now' }).click();
    await expect(approved.getByText('used', { exact: true })).toBeVisible();
    await page.goto(`/audit?q=${encodeURIComponent(reason)}`);
    await page.getByRole('button', { name: 'projections.rewind' }).click();
    await expect(page.getByRole('dialog', { name: 'projections.rewind' }).getByText(email)).toBeVisible();
    await tidemark.approvals.setRules.mutate({ acts: [], reason: 'enough of it' });
  });

  test('the gateway shows who asks and what is refused, live, and its limits can be changed', async ({
    page,
    request,
  }) => {
    await page.goto('/settings/gateway');
    await expect(page.getByRole('group', { name: 'Who asked in the last minute' })).toContainText('operator@local');
    await request.get('/api/v1/streams/nothing-here/state');
    await expect(page.getByRole('row', { name: /stream-not-found/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Change: Each service' }).click();
    const dialog = page.getByRole('dialog', { name: 'Limit: each service' });
    await dialog.getByRole('textbox', { name: 'A second' }).fill('9000');
    await dialog.getByRole('textbox', { name: 'Why' }).fill('it asks too much');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Set the limit' }).click();
    await expect(page.getByRole('row', { name: /Each service/ })).toContainText('9,000');
  });

  test('a category is routed to a service that is away: its key is told, its breaker shown, and it is served here again', async ({
    page,
    request,
  }) => {
    await page.goto('/settings/gateway');
    await page.getByRole('button', { name: 'Route a category…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Category' }).fill('loan');
    await dialog.getByRole('textbox', { name: 'Service' }).fill('http://127.0.0.1:1/api');
    await dialog.getByRole('textbox', { name: 'Why' }).fill('their own handlers');
    await dialog.getByRole('button', { name: 'Route it' }).click();
    await expect(dialog.getByText(/127.0.0.1, which is not public/)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('textbox', { name: 'Hosts that may be internal' }).fill('127.0.0.1');
    await dialog.getByRole('button', { name: 'Route it' }).click();
    await expect(dialog.getByText(/^[\w-]{43}$/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Done' }).click();

    const row = page.getByRole('row', { name: /loan/ });
    await expect(row).toContainText('asked');
    for (let sent = 0; sent < 6; sent += 1) {
      expect((await request.get('/api/v1/streams/loan-1/state')).status()).toBe(502);
    }
    await expect(row).toContainText('left alone');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Serve loan here again' }).click();
    await page.getByRole('textbox', { name: 'Why' }).fill('enough of it');
    await page.getByRole('button', { name: 'Remove the route' }).click();
    await expect(page.getByText('Every category is served here.')).toBeVisible();
  });
});
