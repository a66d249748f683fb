import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, expectAccessible, test } from './fixtures.ts';

const nested = (depth: number): object => (depth === 0 ? { bottom: 'reached' } : { in: nested(depth - 1) });

const PAYLOADS = {
  html: { note: '<img src=x onerror="document.title=1"><script>document.title=2</script><b>bold</b>' },
  ansi: { note: '\u001b[31mred\u001b[0m and \u0007 a bell' },
  bidi: { file: 'invoice\u202efdp.exe', hebrew: 'שלום עולם', 'key\u2066hidden': 'مرحبا' },
  text: { blob: `begin ${'0123456789abcdef'.repeat(320_000)} end` },
  keys: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key-${index}`, index])),
  items: { items: Array.from({ length: 10_000 }, (_, index) => ({ index, name: `item ${index}` })) },
  deep: { nested: nested(28) },
};

/** Brought in by the import, which takes what a request of the API is too small for. */
async function importEvents(streamId: string): Promise<void> {
  const lines = Object.entries(PAYLOADS).map(([type, data]) =>
    JSON.stringify({ specversion: '1.0', id: randomUUID(), source: 'tidemark', type, subject: streamId, data }),
  );
  const importing = spawn(
    process.execPath,
    ['--import', './bin/typescript.mjs', 'server/import-export/import-cli.ts', '-'],
    {
      env: { ...process.env, TIDEMARK_DATA_DIR: process.env.TIDEMARK_E2E_DATA_DIR ?? '.data/e2e', DATABASE_URL: '' },
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
  importing.stdin.end(`${lines.join('\n')}\n`);
  expect(await once(importing, 'exit')).toEqual([0, null]);
}

test('payloads of HTML, ANSI, hidden directions, 5 MB, 10,000 keys and great depth are shown verbatim and freeze nothing', async ({
  page,
}) => {
  const streamId = `hostile-${randomUUID().slice(0, 8)}`;
  await importEvents(streamId);
  await page.goto(`/events?stream=${streamId}&view=table`);
  const inspector = page.getByRole('complementary', { name: 'Selected event' });
  const open = async (type: string) => {
    await page.getByRole('row', { name: new RegExp(`${type} `) }).click();
    await expect(inspector.getByRole('heading', { name: type, exact: true })).toBeVisible();
    const tree = inspector.getByRole('tree', { name: `Data of ${type}` });
    await expect(tree).toBeVisible();
    return tree;
  };
  const line = (name: string | RegExp) => inspector.getByRole('treeitem', { name });
  const loadAll = async (bytes: RegExp) => {
    await inspector.getByRole('button', { name: bytes }).click();
    await expect(inspector.getByText('Its beginning only')).toBeHidden();
  };

  await open('html');
  await expect(line(/^note/)).toContainText('<img src=x onerror=\\"document.title=1\\"><script>');
  await expect(page).toHaveTitle(/Events/);
  await open('ansi');
  await expect(line(/^note/)).toContainText('"\\u001b[31mred\\u001b[0m and \\u0007 a bell"');
  await open('bidi');
  await expect(line(/^file/)).toContainText('"invoice\\u202efdp.exe"');
  await expect(line(/hebrew/)).toContainText('"שלום עולם"');
  await expect(line(/hidden/)).toContainText('key\\u2066hidden');

  await open('text');
  await expect(line(/^blob/)).toContainText('begin 0123');
  await loadAll(/^Load all \(5\.\d MB\)$/);
  await expect(inspector.getByText('5,120,010 characters, the first 1,000 shown')).toBeVisible();
  await inspector.getByRole('button', { name: 'Show all' }).click();
  const all = page.getByRole('dialog').getByRole('region', { name: 'All of data.blob' });
  await expect(all).toContainText('begin 0123');
  await all.press('End');
  await expect(all).toContainText('def end');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  const tree = await open('keys');
  await loadAll(/^Load all/);
  await line(/all 9,900 more/).click();
  await tree.press('End');
  await expect(line(/^key-9999/)).toBeVisible();
  expect(await inspector.getByRole('treeitem').count()).toBeLessThan(200);
  await open('items');
  await loadAll(/^Load all/);
  await line(/all 9,900 more/).click();
  await open('deep');
  for (let depth = 0; depth < 30 && !(await line(/^bottom/).isVisible()); depth += 1) {
    await inspector.locator('[aria-expanded=false]').last().click();
  }
  await expect(line(/^bottom/)).toBeVisible();

  // The page of the stream folds, diffs and charts the same.
  await page.goto(`/streams/${streamId}?v=7`);
  await expect(page.getByRole('tree', { name: 'State at version 7' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Fields over time' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'JSON Patch' })).toContainText('more in the copy');
  expect(await page.evaluate(() => document.querySelector('main')?.textContent.length)).toBeLessThan(200_000);
});
