import { parseArgs } from 'node:util';
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { runningAddress } from '#db/embedded.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { authorizationFor } from './authorization.ts';
import { createSimulatedShop } from './simulated-shop.ts';

const USAGE = `npm run simulate -- [--rate R] [--seconds S] [--url U]
  --rate R      commands a second (20)
  --seconds S   for how long (60)
  --url U       of the server (the one that runs on the data directory, or http://127.0.0.1:3000)`;

const values = readArguments();
const rate = positive(values.rate, '--rate');
const seconds = positive(values.seconds, '--seconds');

/** Commands under way at most: a server that can't keep up is not flooded, and the summary says what was left out. */
const UNDER_WAY_MAX = 500;

const tidemark = createTRPCClient<AppRouter>({
  links: [httpLink({ url: `${values.url}/api/trpc`, headers: authorizationFor(values.url) })],
});
const shop = createSimulatedShop();
const durations: number[] = [];
const outcomes = new Map<string, number>();
const underWay = new Set<Promise<void>>();
let left = 0;
let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
});

await reachable();
const startedAt = performance.now();
let due = 0;
// An open loop: commands go out by the clock, however long answers take, as callers do.
while (!stopped && performance.now() - startedAt < seconds * 1000) {
  const elapsed = (performance.now() - startedAt) / 1000;
  for (; due < Math.min(elapsed, seconds) * rate; due += 1) {
    if (underWay.size >= UNDER_WAY_MAX) left += 1;
    else start();
  }
  showProgress(elapsed);
  await new Promise((resolve) => setTimeout(resolve, Math.min(20, 1000 / rate)));
}
await Promise.all(underWay);
summarize((performance.now() - startedAt) / 1000);

function start(): void {
  const sent = send().finally(() => underWay.delete(sent));
  underWay.add(sent);
}

async function send(): Promise<void> {
  const from = performance.now();
  try {
    const receipt = await tidemark.commands.send.mutate({ ...shop.next(), waitForMs: 2000 } as never);
    durations.push(performance.now() - from);
    count(receipt.rejection?.code ?? receipt.outcome);
  } catch (error) {
    count(`failed: ${error instanceof Error ? error.message.slice(0, 80) : String(error)}`);
  }
}

function count(outcome: string): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

function showProgress(elapsed: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(
    `\r${Math.floor(elapsed)} of ${seconds} s, ${durations.length} answered, ${underWay.size} under way `,
  );
}

function summarize(elapsed: number): void {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  console.log(
    `\n${durations.length} commands answered in ${elapsed.toFixed(1)} s, ${(durations.length / elapsed).toFixed(1)}/s`,
  );
  console.log(`to the acknowledgements: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`);
  for (const [outcome, times] of [...outcomes].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(times).padStart(7)}  ${outcome}`);
  if (left > 0) console.log(`${left} were not sent: ${UNDER_WAY_MAX} were under way already`);
}

function readArguments() {
  const running = runningAddress(process.env.TIDEMARK_DATA_DIR ?? '.data');
  const url = running ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`;
  try {
    const { values } = parseArgs({
      options: {
        rate: { type: 'string', default: '20' },
        seconds: { type: 'string', default: '60' },
        url: { type: 'string', default: url },
        help: { type: 'boolean' },
      },
    });
    if (values.help !== true) return values;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

async function reachable(): Promise<void> {
  try {
    await tidemark.system.info.query();
  } catch (error) {
    if (error instanceof TRPCClientError && error.data !== undefined) {
      console.error(`${values.url} does not let this in: ${error.message}. Give a key in TIDEMARK_API_KEY.`);
      process.exit(1);
    }
    console.error(`No Tidemark answers at ${values.url}. Start it with npm start, or name it with --url.`);
    process.exit(1);
  }
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  console.error(`${name} must be a number above 0, not ${text}`);
  process.exit(2);
}
