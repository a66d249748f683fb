import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { type Cluster, startCluster } from './cluster.ts';
import { compare } from './compare.ts';
import { installPeers } from './install-peers.ts';
import type { BenchOptions, Measurement, Outcome } from './measurement.ts';
import { MEASUREMENTS } from './measurements.ts';
import { printTable } from './print-table.ts';

const USAGE = `npm run bench -- [NAME…] [--rounds N] [--seconds S] [--cases A,B] [--only tidemark,emmett] [--json]
  NAME: ${Object.keys(MEASUREMENTS).join(', ')} (all where none is given)
  --rounds 1 --seconds 1 tries them out; the defaults are 5 rounds of 3 seconds a turn`;

const PEERS = ['emmett', 'castore', 'message-db', 'act'];

/** Below this many seconds a turn, what is seeded is made smaller too. */
const QUICK_SECONDS = 2;

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      cases: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  const names = positionals.length > 0 ? positionals : Object.keys(MEASUREMENTS);
  const unknown = names.find((name) => MEASUREMENTS[name] === undefined);
  if (unknown !== undefined) throw new Error(`no measurement is named ${unknown}\n${USAGE}`);
  const seconds = positive(values.seconds, '--seconds');
  const options: BenchOptions = {
    rounds: positive(values.rounds, '--rounds'),
    seconds,
    quick: seconds < QUICK_SECONDS,
    progress: (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`),
  };
  const installed = await installPeers(options.progress);
  const wanted = values.only?.split(',') ?? ['tidemark', 'tidemark-bus', 'node-decode', ...PEERS];
  const peers = installed ? wanted : wanted.filter((peer) => !PEERS.includes(peer));
  if (!installed) options.progress('the peers could not be installed: they are left out');

  const cluster = await startCluster();
  const results: Record<string, object> = {};
  const machine = {
    cores: cpus().length,
    cpu: cpus()[0]?.model.trim(),
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    postgres: cluster.version,
  };
  try {
    for (const name of names) {
      const measurement = MEASUREMENTS[name];
      if (measurement === undefined) continue;
      const startedAt = performance.now();
      const outcome = await measure(name, measurement, { cluster, options, peers, cases: values.cases?.split(',') });
      const tookSeconds = Math.round((performance.now() - startedAt) / 1000);
      if (!values.json) printTable(measurement, outcome);
      results[name] = { name, title: measurement.title, ...outcome, tookSeconds, machine };
    }
  } finally {
    await cluster.stop();
  }
  const [only] = Object.values(results);
  console.log(JSON.stringify(names.length === 1 ? only : { measurements: results, machine }));
}

async function measure(
  name: string,
  measurement: Measurement,
  given: { cluster: Cluster; options: BenchOptions; peers: readonly string[]; cases: string[] | undefined },
): Promise<Outcome> {
  const { cluster, options } = given;
  if (measurement.kind === 'special') return measurement.run(await cluster.createDatabase('bench_special'), options);
  const all = Object.entries(measurement.cases(options));
  const cases = Object.fromEntries(all.filter(([caseName]) => given.cases?.includes(caseName) ?? true));
  if (Object.keys(cases).length === 0) throw new Error(`${name} has ${all.map(([caseName]) => caseName).join(', ')}`);
  return compare(name, measurement, { ...given, cases });
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`${name} must be a number above 0, not ${text}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
