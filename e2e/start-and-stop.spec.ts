import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { authorizationFor } from '#examples/authorization.ts';
import { freePort } from '#testing/free-port.ts';
import { setUpApp } from './second-factor.ts';
import { PASSWORD } from './sign-in.ts';

type Run = { process: ChildProcess; address: string; output(): string; ended: Promise<number | null> };
type Start = (settings?: { dataDir?: string; port?: number; candidates?: string }) => Promise<Run>;

/** `npm start` as a person types it, on a data directory of its own; whatever lives on at the end is killed. */
const test = base.extend<{ dataDir: string; start: Start }>({
  // Named after the port of the shared server, so that one machine may run the stories more than once at a time.
  dataDir: async ({ baseURL }, use) => {
    const folder = mkdtempSync(join(tmpdir(), `tidemark-${new URL(baseURL ?? '').port}-`));
    chmodSync(folder, 0o755);
    const dataDir = join(folder, 'data');
    await use(dataDir);
    for (const { pid } of processesOn(dataDir)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ dataDir }, use) => {
    await use(async ({ dataDir: other = dataDir, port, candidates = '' } = {}) => {
      const own = port ?? (await freePort());
      const child = spawn('npm', ['start'], {
        env: {
          ...process.env,
          PORT: String(own),
          HOST: '127.0.0.1',
          TIDEMARK_DATA_DIR: other,
          TIDEMARK_CANDIDATES: candidates,
          DATABASE_URL: '',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let text = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      return { process: child, address: `http://127.0.0.1:${own}`, output: () => text, ended };
    });
  },
});

test('a stop ends everything within 10 seconds, with event streams open', async ({ dataDir, start }) => {
  const run = await start();
  await ready(run);
  const streams = [`${run.address}/api/v1/events/live`, `${run.address}/api/trpc/live.pulse`].map((url) =>
    fetch(url, { headers: { accept: 'text/event-stream', ...authorizationFor(url, dataDir) } }),
  );
  for (const stream of streams) expect((await stream).status).toBe(200);

  run.process.kill('SIGTERM');
  await expect.poll(() => run.process.exitCode ?? run.process.signalCode, { timeout: 10_000 }).not.toBeNull();
  await expect.poll(() => processesOn(dataDir), { timeout: 2000 }).toEqual([]);
});

test('the link that a first start prints makes an account, its second factor, and opens the console', async ({
  page,
  start,
}) => {
  const run = await start();
  await ready(run);
  await expect.poll(() => run.output()).toMatch(/\/welcome#\S+/);
  const [link = ''] = /http\S+\/welcome#\S+/.exec(run.output()) ?? [];
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada');
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('button', { name: 'Later' })).toBeVisible();
  await setUpApp(page);
  await page.getByRole('checkbox', { name: /I have kept them/ }).check();
  await page.getByRole('button', { name: 'To the console' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await expect(page.getByText(/Your second factor is put off/)).toHaveCount(0);

  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible();
});

test('a second start on the same data says which process has it; the first goes on', async ({ start }) => {
  const first = await start();
  await ready(first);
  const second = await start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`at ${first.address}. Stop it first`);
  await ready(first);
});

test('after a kill the next start adopts the Postgres that lives on', async ({ dataDir, start }) => {
  const first = await start();
  await ready(first);
  const [server] = processesOn(dataDir).filter(({ command }) => command.includes('/postgres'));
  const [main] = processesOn(dataDir).filter(({ command }) => command.includes('start.mjs'));
  process.kill(main?.pid ?? 0, 'SIGKILL');
  await first.ended;

  const second = await start();
  await ready(second);
  expect(second.output()).toContain('Adopted the Postgres that an earlier run left behind.');
  expect(processesOn(dataDir).map(({ pid }) => pid)).toContain(server?.pid);
});

test('a start that fails leaves no process behind', async ({ dataDir, start }) => {
  const run = await start({ candidates: 'nowhere.ts' });
  expect(await run.ended).toBe(1);
  expect(run.output()).toContain("TIDEMARK_CANDIDATES=nowhere.ts can't be used");
  expect(readdirSync(dataDir)).toContain('postgres-password');
  await expect.poll(() => processesOn(dataDir), { timeout: 2000 }).toEqual([]);
});

test('a port that is taken is seen before a cluster is made', async ({ dataDir, start }) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const run = await start({ port });
  expect(await run.ended).toBe(1);
  other.close();
  expect(run.output()).toContain(`PORT=${port} is taken by another program`);
  expect(readdirSync(dataDir)).toEqual([]);
  await expect.poll(() => processesOn(dataDir), { timeout: 2000 }).toEqual([]);
});

async function ready({ address }: Run): Promise<void> {
  const status = () => fetch(`${address}/readyz`).then(({ status }) => status, String);
  await expect.poll(status, { timeout: 30_000 }).toBe(200);
}

/** What runs with this data directory: by its environment, and the server by the folder it was given. */
function processesOn(dataDir: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      command: read(`/proc/${name}/cmdline`),
      environment: read(`/proc/${name}/environ`),
    }))
    .filter(({ command, environment }) => command !== '' && environment.includes(`TIDEMARK_DATA_DIR=${dataDir}\0`))
    .map(({ pid, command }) => ({ pid, command: command.replaceAll('\0', ' ').trim() }));
}

/** Empty for a process that has just ended, or is not ours to look at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
