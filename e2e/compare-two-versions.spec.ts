import type { Locator, Page } from '@playwright/test';
import { type CandidatesServer, startWithCandidates } from './candidates-server.ts';
import { expect, expectAccessible, test } from './fixtures.ts';

/* The worked example of docs/comparing.md, by keyboard alone. */

const PORT = Number(process.env.TIDEMARK_E2E_PORT ?? 3210) + 1;
const COMPARED_MS = 120_000;

test.describe('two versions of orders', () => {
  let server: CandidatesServer;
  test.beforeAll(async () => {
    test.setTimeout(300_000);
    server = await startWithCandidates(PORT);
  });
  test.afterAll(() => server.stop());
  test.beforeEach(({ context }) => context.addCookies(server.signedIn.cookies));

  test('a faulty v2 is found, explained and refused; the corrected v3 is promoted, and taken back', async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await page.goto(`${server.url}/`);
    await page.keyboard.press('g');
    await page.keyboard.press('x');
    await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible();
    await expect(page.getByText('No two versions were compared yet.')).toBeVisible();

    await test.step('v2 is compared with v1', async () => {
      await begin(page, { hypothesis: 'an index by status makes reads faster, the rows stay', version: 2 });
      await expect(
        page.getByRole('heading', {
          level: 2,
          name: /^Don’t promote v2 yet: 12 of [\d,]+ rows differ for one cause \(rounding\)/,
        }),
      ).toBeVisible({ timeout: COMPARED_MS });
      await expect(page.getByText('promote opens at 0 unexplained differences')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Promote v2…' })).toBeDisabled();
    });

    await test.step('the cause is named, down to the event that parted two rows', async () => {
      const cause = page.getByRole('button', { name: /^rounding in total_amount/ });
      await tabTo(page, cause);
      await page.keyboard.press('Enter');
      await expect(cause).toHaveAttribute('aria-pressed', 'true');
      await expect(page).toHaveURL(/cause=\d/);
      await expect(page.getByRole('rowheader', { name: 'total_amount differs' })).toBeVisible();
      await expect(page.getByRole('heading', { level: 4, name: 'OrderPlaced' })).toBeVisible();
      await expectAccessible(page);
      await tabTo(page, page.getByRole('button', { name: 'Next row' }));
      await page.keyboard.press('Enter');
      await expect(page.getByText(/^row 2 of/)).toBeVisible();
      await tabTo(page, page.getByRole('link', { name: /^Open stream at/ }));
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/streams\/order-.*v=\d/);
      await page.goBack();
      await expect(page.getByText(/^row 2 of/)).toBeVisible();
    });

    await test.step('performance is told in words, with intervals', async () => {
      await tabTo(page, page.getByRole('tab', { name: /^Differences/ }));
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('figure', { name: /^Read latency: v\d p50/ })).toBeVisible();
      await expect(page.getByText(/with 95 % confidence from [\d,]+ pairs/)).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('v3, with the fault corrected, differs in no row and may be promoted', async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('x');
      await begin(page, { hypothesis: 'the same index, with cents', version: 3 });
      await expect(
        page.getByRole('heading', {
          level: 2,
          name: /^v3 (is better|can replace v1, with no difference that matters): ([\d,]+) of \2 rows are equal/,
        }),
      ).toBeVisible({ timeout: COMPARED_MS });
      await expect(page.getByText(/Not one row differs/)).toBeVisible();
    });

    await test.step('v3 is promoted with a reason, and taken back', async () => {
      await tabTo(page, page.getByRole('button', { name: 'Promote v3…' }));
      await page.keyboard.press('Enter');
      const sheet = page.getByRole('dialog', { name: 'Readers of orders see v3' });
      await expect(sheet.getByText('Nothing has happened yet')).toBeVisible();
      await expect(sheet.getByText('Rows that readers see')).toBeVisible();
      await expectAccessible(page);
      await tabTo(page, sheet.getByLabel('Reason'));
      await page.keyboard.type('equal, and faster');
      await tabTo(page, sheet.getByRole('button', { name: 'Promote v3' }));
      await page.keyboard.press('Enter');
      await expect(page.getByText(/^Promoted by .*: equal, and faster$/)).toBeVisible();
      await tabTo(page, page.getByRole('button', { name: 'Roll back…' }));
      await page.keyboard.press('Enter');
      const back = page.getByRole('dialog', { name: 'Readers of orders see v1 again' });
      await tabTo(page, back.getByLabel('Reason'));
      await page.keyboard.type('only a rehearsal');
      await tabTo(page, back.getByRole('button', { name: 'Roll back to v1' }));
      await page.keyboard.press('Enter');
      await expect(page.getByRole('button', { name: 'Compare again' })).toBeVisible();
      await tabTo(page, page.getByRole('tab', { name: /^Differences/ }));
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      for (const type of ['ExperimentDrafted', 'ExperimentConcluded', 'ExperimentPromoted', 'ExperimentRolledBack']) {
        await expect(page.getByRole('link', { name: type })).toBeVisible();
      }
      await expectAccessible(page);
    });
  });

  test('the list and every tab hold at 320 px, without scrolling sideways', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(`${server.url}/compare`);
    await page.getByRole('link', { name: 'orders v1 and v2' }).click();
    await expect(page.getByRole('heading', { level: 2, name: /^Don’t promote v2 yet/ })).toBeVisible();
    const address = page.url();
    for (const path of [
      `${server.url}/compare`,
      address,
      ...['performance', 'split', 'life'].map((tab) => `${address}?tab=${tab}`),
    ]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const widths = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect([path, await widths()]).toEqual([path, 0]);
      await expectAccessible(page);
    }
  });
});

/** Fills the form of a new experiment of `orders` v1 and another version, and begins it. */
async function begin(page: Page, { hypothesis, version }: { hypothesis: string; version: number }): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: 'New experiment…' }));
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Compare two versions' });
  await expectAccessible(page);
  await tabTo(page, sheet.getByLabel('Hypothesis'));
  await page.keyboard.type(hypothesis);
  const b = sheet.getByRole('combobox', { name: /Version B/ });
  await tabTo(page, b);
  await page.keyboard.press('Enter');
  await choose(page, new RegExp(`^v${version}`));
  await expect(b).toContainText(`v${version}`);
  const metric = sheet.getByRole('combobox', { name: /^Metric/ });
  await tabTo(page, metric);
  await page.keyboard.press('Enter');
  await choose(page, /median/);
  await expect(metric).toContainText('median');
  await tabTo(page, sheet.getByLabel('Change that matters'));
  await page.keyboard.press('ControlOrMeta+a');
  // The walk is not a measurement: on a busy machine either may be the faster, by less than this.
  await page.keyboard.type('100');
  await tabTo(page, sheet.getByRole('button', { name: 'Compare' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/compare\/[0-9a-f]+/);
}

/** Goes down an open list to an option, and takes it. */
async function choose(page: Page, name: RegExp): Promise<void> {
  const options = page.getByRole('option');
  await expect(options.first()).toBeVisible();
  const at = (await options.allTextContents()).findIndex((text) => name.test(text));
  await page.keyboard.press('Home');
  for (let row = 0; row <= at; row += 1) {
    if (row > 0) await page.keyboard.press('ArrowDown');
    await expect(options.nth(row)).toHaveAttribute('data-highlighted');
  }
  await page.keyboard.press('Enter');
}

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let press = 0; press < 120; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
