import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { authorizationFor } from '#examples/authorization.ts';
import type { ProjectionsStatus } from '#server/projections/status.ts';
import { makeOperator, type StorageState, signIn } from './sign-in.ts';

const DATA = '.data/e2e-candidates';
const READY_MS = 180_000;
const STOP_MS = 20_000;
/** Multiples of 19.95: none of the first nineteen is whole. */
const ODD_ORDERS = 12;

/** By which a program of ours reaches that server's store. */
export const CANDIDATES_ENVIRONMENT = {
  TIDEMARK_DATA_DIR: DATA,
  TIDEMARK_CANDIDATES: 'examples/candidates/orders.ts',
  DATABASE_URL: '',
};

export type CandidatesServer = { url: string; signedIn: StorageState; stop(): Promise<void> };

/**
 * A Tidemark of its own with candidate versions beside the shipped ones and a history of some hundred orders. Stories of
 * it switch readers, which no other story must see.
 */
export async function startWithCandidates(port: number): Promise<CandidatesServer> {
  await rm(DATA, { recursive: true, force: true });
  const environment = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    TIDEMARK_WORKER: 'inline',
    ...CANDIDATES_ENVIRONMENT,
  };
  const server = spawn(process.execPath, ['bin/start.mjs'], { env: environment, stdio: 'ignore' });
  // Stories that are broken off while it starts have nothing yet that they could stop.
  process.once('exit', () => server.kill('SIGTERM'));
  const url = `http://127.0.0.1:${port}`;
  await until(`${url}/readyz`, async (response) => response.ok);
  const program = authorizationFor(url, DATA);
  await Promise.all([seed(environment), makeOperator(DATA), placeOddOrders(url, program)]);
  await until(`${url}/api/v1/projections`, isBuilt, program);
  // What readers ask is written down, and asked of both versions later. Orders at these two states come late and are few,
  // so without an index by status many others are passed over.
  for (const status of ['confirmed', 'shipped', 'confirmed', 'shipped', 'confirmed', 'shipped']) {
    await fetch(`${url}/api/v1/read-models/orders?status=${status}&limit=20`, { headers: program });
  }
  return {
    url,
    signedIn: await signIn(url),
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function seed(env: NodeJS.ProcessEnv): Promise<void> {
  const options = [
    '--import',
    './bin/typescript.mjs',
    'server/seed/seed-cli.ts',
    '--events',
    '6000',
    '--streams',
    '1800',
    '--seed',
    '7',
  ];
  const [code] = await once(spawn(process.execPath, options, { env, stdio: 'ignore' }), 'exit');
  if (code !== 0) throw new Error(`the seed ended with ${code}`);
}

/** Totals that are no whole units: those that a version which rounds gets wrong. */
async function placeOddOrders(url: string, program: Record<string, string>): Promise<void> {
  for (let quantity = 1; quantity <= ODD_ORDERS; quantity += 1) {
    const lines = [{ sku: 'TEE-BLK-M', quantity, unitPrice: { amount: 1995, currency: 'EUR' } }];
    const command = { streamId: `order-odd${quantity}`, data: { customerId: 'cus-odd', lines }, waitForMs: 0 };
    const sent = await fetch(`${url}/api/v1/commands/PlaceOrder`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...program },
      body: JSON.stringify(command),
    });
    if (!sent.ok) throw new Error(`an order was not placed: ${sent.status}`);
  }
}

/** Whether all three versions of orders have every event, and their indexes. */
async function isBuilt(response: Response): Promise<boolean> {
  const { projections } = (await response.json()) as ProjectionsStatus;
  const versions = projections.find(({ name }) => name === 'orders')?.versions ?? [];
  const isThere = ({ state, promotable, lagEvents }: (typeof versions)[number]) =>
    lagEvents === 0 && (state === 'serving' || promotable);
  return versions.length === 3 && versions.every(isThere);
}

/** Asks until the answer is as wanted. */
async function until(
  url: string,
  wanted: (response: Response) => Promise<boolean>,
  headers: Record<string, string> = {},
): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const response = await fetch(url, { headers }).catch(() => undefined);
    if (response !== undefined && (await wanted(response))) return;
    if (Date.now() > deadline) throw new Error(`${url} did not answer as wanted in ${READY_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
