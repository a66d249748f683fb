import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as candidates from '#examples/candidates/orders.ts';
import { startTidemark, type TestTidemark } from '#testing/tidemark.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let tidemark: TestTidemark;

beforeAll(async () => {
  tidemark = await startTidemark(candidates);
  const unitPrice = { amount: 1_999, currency: 'EUR' };
  const data = { customerId: 'ada', lines: [{ sku: 'TEE', quantity: 1, unitPrice }] };
  await tidemark.services.commandBus.handle({ commandType: 'PlaceOrder', streamId: 'order-1', data, actor: 'ada' });
  const built = `select count(*)::int as n from projection_versions where name = 'orders' and indexed and checkpoint >= (select max(global_position) from events)`;
  await vi.waitFor(async () => expect(await tidemark.database.query(built)).toEqual([{ n: 3 }]), { timeout: 20_000 });
});
afterAll(() => tidemark.stop());

/** Runs `npm run compare` on the test's database. */
function compare(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: tidemark.url,
    TIDEMARK_SECRET: 's'.repeat(32),
    TIDEMARK_CANDIDATES: 'examples/candidates/orders.ts',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', './bin/typescript.mjs', 'server/compare-cli.ts', ...args],
      { cwd: root, env },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, stdout, stderr }),
    );
  });
}

describe('npm run compare', () => {
  test('exits by the verdict: 2 where v2 is unsafe, with a report in Markdown', async () => {
    const { code, stdout } = await compare('--subject', 'orders', '--a', '1', '--b', '2');
    expect(code).toBe(2);
    expect(stdout).toContain('# Don’t promote v2 yet: 1 of 1 row differs for one cause (rounding)');
  });

  test('exits with 0 where nothing that matters differs, with a report in JSON, and compares the same again by its id', async () => {
    const { code, stdout } = await compare(
      '--subject',
      'orders',
      '--a',
      '1',
      '--b',
      '3',
      '--metric',
      'size_bytes',
      '--matters',
      '1',
      '--json',
    );
    const { experiment, report } = JSON.parse(stdout) as {
      experiment: { id: string };
      report: { verdict: { outcome: string } };
    };
    expect([code, report.verdict.outcome]).toEqual([0, 'no_difference_that_matters']);
    expect((await compare('--id', experiment.id)).code).toBe(0);
  });

  test('names what is wrong', async () => {
    expect(await compare('--subject', 'orders', '--a', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--b'),
    });
    const unknown = await compare('--subject', 'orders', '--a', '1', '--b', '9');
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('orders has no version 9') });
  });
});
