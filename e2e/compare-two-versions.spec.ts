import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { CANDIDATES_ENVIRONMENT, type CandidatesServer, startWithCandidates } from './candidates-server.ts';
import { expect, expectAccessible, test } from './fixtures.ts';

/* The worked example of docs/comparing.md, and what else two versions are compared for, by keyboard alone. */

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
    await goToCompare(page);
    await expect(page.getByText('No two versions were compared yet.')).toBeVisible();

    await test.step('v2 is compared with v1', async () => {
      const sheet = await openSheet(page);
      await expectAccessible(page);
      await begin(page, sheet, { hypothesis: 'an index by status makes reads faster, the rows stay', version: 2 });
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
      await goToCompare(page);
      await begin(page, await openSheet(page), { hypothesis: 'the same index, with cents', version: 3 });
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

  test('the report is exported for a change request, and the command line gives the same verdict', async ({ page }) => {
    test.setTimeout(60_000);
    await page.goto(`${server.url}/compare`);
    await tabTo(page, page.getByRole('link', { name: 'orders v1 and v2' }));
    await page.keyboard.press('Enter');
    const saved = async (format: string) => {
      const download = page.waitForEvent('download');
      await tabTo(page, page.getByRole('button', { name: format }));
      await page.keyboard.press('Enter');
      return readFileSync(await (await download).path(), 'utf8');
    };
    const markdown = await saved('Markdown');
    const { experiment, report } = JSON.parse(await saved('JSON')) as Exported;
    expect(report.verdict).toMatchObject({ outcome: 'unsafe', promotable: false });
    expect(markdown).toContain(report.verdict.sentence);
    const again = await compareByShell(experiment.id);
    expect(again.code).toBe(2);
    expect(again.report.verdict).toMatchObject({ outcome: 'unsafe', sentence: report.verdict.sentence });
  });

  test('an expected difference becomes a rule, and the report says how much of all it explains', async ({ page }) => {
    await page.goto(`${server.url}/compare`);
    await tabTo(page, page.getByRole('link', { name: 'orders v1 and v2' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: /^rounding in total_amount/ }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Mark cause as expected…' }));
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'A rule of expected difference' });
    await expect(form.getByLabel('Reason')).toBeFocused();
    await page.keyboard.type('the ledger holds whole units');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2, name: /rules explain the other 12\.$/ })).toBeVisible({
      timeout: COMPARED_MS,
    });
    await expect(page.getByText('explains 12 of 12 rows that differ')).toBeVisible();
  });

  test('two deciders: what one accepts and the other refuses, by command and reason, with a business measure', async ({
    page,
  }) => {
    for (const order of ['order-late1', 'order-late2', 'order-late3']) {
      const lines = [{ sku: 'TEE-BLK-M', quantity: 1, unitPrice: { amount: 2000, currency: 'EUR' } }];
      await send(page, server.url, `commands/PlaceOrder`, { streamId: order, data: { customerId: 'cus-late', lines } });
      await send(page, server.url, 'commands/ConfirmOrder', { streamId: order, data: {} });
      await send(page, server.url, 'commands/CancelOrder', { streamId: order, data: { reason: 'late' } });
    }
    await page.goto(`${server.url}/compare`);
    const sheet = await openSheet(page);
    await tabTo(page, sheet.getByLabel('Hypothesis'));
    await page.keyboard.type('fewer orders are cancelled');
    await tabTo(page, sheet.getByRole('radio', { name: 'Projection' }));
    await page.keyboard.press('ArrowRight');
    await expect(sheet.getByRole('radio', { name: 'Decider' })).toBeChecked();
    const metric = sheet.getByRole('combobox', { name: /^Metric/ });
    await tabTo(page, metric);
    await page.keyboard.press('Enter');
    await choose(page, /measure/i);
    await tabTo(page, sheet.getByRole('radio', { name: 'Sum of a field' }));
    await page.keyboard.press('ArrowRight');
    await tabTo(page, sheet.getByRole('radio', { name: 'More is better' }));
    await page.keyboard.press('ArrowRight');
    await tabTo(page, sheet.getByLabel('Event type'));
    await page.keyboard.type('OrderCancelled');
    await expectAccessible(page);
    await tabTo(page, sheet.getByRole('button', { name: 'Compare' }));
    await page.keyboard.press('Enter');
    await expect(
      page.getByRole('heading', { level: 2, name: /3 of [\d,]+ commands are decided otherwise/ }),
    ).toBeVisible({
      timeout: COMPARED_MS,
    });
    await expect(page.getByText(/^OrderCancelled: 3 by current, 0 by no-late-cancel/)).toBeVisible();
    const group = page.getByRole('button', { name: /^CancelOrder accepted by current alone/ });
    await tabTo(page, group);
    await page.keyboard.press('Enter');
    await expect(group).toContainText('order-confirmed');
    await expect(page.getByText('no-late-cancel refuses: a confirmed order can not be cancelled')).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: 'Next' }));
    await page.keyboard.press('Enter');
    await expect(page.getByText(/example 2 of 3/)).toBeVisible();
    await expectAccessible(page);
  });

  test('a live split that falls behind is stopped by its guard rail', async ({ page }) => {
    const { id } = await send<{ id: string }>(page, server.url, 'experiments', {
      hypothesis: 'the index does no harm',
      kind: 'projection',
      subject: 'orders',
      a: '1',
      b: '3',
      metric: 'size_bytes',
      matters: 1,
      guardRails: { lagSecondsMax: 1 },
    });
    await page.goto(`${server.url}/compare/${id}?tab=split`);
    await tabTo(page, page.getByRole('button', { name: 'Compare', exact: true }));
    await page.keyboard.press('Enter');
    const none = page.getByRole('radio', { name: 'None' });
    await expect(none).toBeVisible({ timeout: COMPARED_MS });
    await tabTo(page, none);
    for (const _ of [1, 5, 10, 25, 50]) await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('radio', { name: '50 %' })).toBeChecked();
    await tabTo(page, page.getByLabel('Reason'));
    await page.keyboard.type('half of the readers');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/^50 % of the readers see v3/)).toBeVisible();
    await expectAccessible(page);
    await send(page, server.url, 'projections/orders/pause', { version: 3, reason: 'so that it falls behind' });
    await send(page, server.url, 'commands/ConfirmOrder', { streamId: 'order-odd1', data: {} });
    await expect(page.getByText(/^The split stopped by itself: v3 is .* s behind$/)).toBeVisible({
      timeout: 20_000,
    });
    await expect(page.getByText('Every reader sees v1 again.')).toBeVisible();
    await expectAccessible(page);
    await send(page, server.url, 'projections/orders/resume', { version: 3, reason: 'seen' });
  });
});

type Exported = {
  experiment: { id: string };
  report: { verdict: { outcome: string; sentence: string; promotable: boolean } };
};

/** Compares an experiment again by `npm run compare`, as a pipeline does. */
async function compareByShell(id: string): Promise<{ code: number | null; report: Exported['report'] }> {
  const shell = spawn(
    process.execPath,
    ['--import', './bin/typescript.mjs', 'server/compare-cli.ts', '--id', id, '--json'],
    {
      env: { ...process.env, ...CANDIDATES_ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  let text = '';
  shell.stdout.on('data', (chunk) => {
    text += String(chunk);
  });
  const code = await new Promise<number | null>((resolve) => shell.once('close', resolve));
  return { code, report: (JSON.parse(text) as Exported).report };
}

/** By REST, in the session of the page. */
async function send<Answer>(page: Page, url: string, path: string, data: object): Promise<Answer> {
  const response = await page.request.post(`${url}/api/v1/${path}`, { data });
  expect(response.ok(), await response.text()).toBe(true);
  return (await response.json()) as Answer;
}

/** By the keys; pressed again where the page did not listen yet. */
async function goToCompare(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('x');
    await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible({ timeout: 2000 });
  }).toPass();
}

async function openSheet(page: Page): Promise<Locator> {
  await tabTo(page, page.getByRole('button', { name: 'New experiment…' }));
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Compare two versions' });
  await expect(sheet).toBeVisible();
  return sheet;
}

/** Fills the form of a new experiment of `orders` v1 and another version, and begins it. */
async function begin(
  page: Page,
  sheet: Locator,
  { hypothesis, version }: { hypothesis: string; version: number },
): Promise<void> {
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

/** Presses Tab until the element has the focus, as somebody without a mouse does. Tab passes by what is disabled. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  await expect(target).toBeEnabled();
  for (let press = 0; press < 120; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
