import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cluster, startCluster } from './cluster.ts';
import { compare } from './compare.ts';
import { installPeers } from './install-peers.ts';
import type { BenchOptions, Comparison, Measurement, Outcome } from './measurement.ts';
import { MEASUREMENTS } from './measurements.ts';
import { writePage } from './performance-page.ts';
import { printTable } from './print-table.ts';

const USAGE = `npm run bench -- [NAME…] [--quick] [--rounds N] [--seconds S] [--cases A,B] [--only tidemark,emmett] [--json] [--save] [--page]
  NAME: ${Object.keys(MEASUREMENTS).join(', ')} (all but explorer where none is given)
  --quick      one round of a second a turn, on less data: whether it runs, no figure to rely on
  --rounds, --seconds   of a turn; each measurement has its own defaults
  --json       only the result, as one JSON object in the last line
  --save       the result into bench/results/NAME.json too, from which docs/performance.md is made
  --page       measures nothing: writes the tables and the chart of docs/performance.md from what was saved`;

const PEERS = ['emmett', 'castore', 'message-db', 'act'];
const ROUNDS = 5;
const SECONDS = 2;
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

type Numbers = { rounds: number | undefined; seconds: number | undefined; quick: boolean };

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      save: { type: 'boolean', default: false },
      page: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      cases: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.page) return writePage();
  const names = positionals.length > 0 ? positionals : Object.keys(MEASUREMENTS).filter((name) => !isByNameOnly(name));
  const unknown = names.find((name) => MEASUREMENTS[name] === undefined);
  if (unknown !== undefined) throw new Error(`no measurement is named ${unknown}\n${USAGE}`);
  const numbers = {
    rounds: positive(values.rounds, '--rounds'),
    seconds: positive(values.seconds, '--seconds'),
    quick: values.quick,
  };
  const progress = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
  const installed = names.some(asksPeers) && (await installPeers(progress));
  if (names.some(asksPeers) && !installed) progress('the peers could not be installed: they are left out');
  const only = values.only?.split(',');
  const left = (contestant: string) => {
    const module = moduleOf(contestant);
    if (!installed && PEERS.includes(module)) return false;
    return only?.some((one) => one === contestant || one === module) ?? true;
  };

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
      const options = { ...numbersOf(measurement, numbers), progress };
      const outcome = await measure(name, measurement, { cluster, options, left, cases: values.cases?.split(',') });
      const tookSeconds = Math.round((performance.now() - startedAt) / 1000);
      if (!values.json) printTable(measurement, outcome);
      const result = { name, title: measurement.title, ...outcome, tookSeconds, machine };
      results[name] = result;
      if (values.save) {
        mkdirSync(RESULTS, { recursive: true });
        writeFileSync(`${RESULTS}${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
      }
    }
  } finally {
    await cluster.stop();
  }
  const [single] = Object.values(results);
  console.log(JSON.stringify(names.length === 1 ? single : { measurements: results, machine }));
}

function isByNameOnly(name: string): boolean {
  const measurement = MEASUREMENTS[name];
  return measurement?.kind === 'special' && measurement.byNameOnly === true;
}

function asksPeers(name: string): boolean {
  const measurement = MEASUREMENTS[name];
  return measurement?.kind === 'comparison' && measurement.contestants.some((one) => PEERS.includes(moduleOf(one)));
}

function moduleOf(contestant: string): string {
  return contestant.split(':')[0] ?? '';
}

function numbersOf(measurement: Measurement, given: Numbers): Omit<BenchOptions, 'progress'> {
  const own: Partial<Comparison> = measurement.kind === 'comparison' ? measurement : {};
  const { quick } = given;
  return {
    quick,
    rounds: given.rounds ?? (quick ? 1 : (own.rounds ?? ROUNDS)),
    seconds: given.seconds ?? (quick ? 1 : (own.seconds ?? SECONDS)),
  };
}

async function measure(
  name: string,
  measurement: Measurement,
  given: {
    cluster: Cluster;
    options: BenchOptions;
    left(contestant: string): boolean;
    cases: string[] | undefined;
  },
): Promise<Outcome> {
  const { cluster, options } = given;
  if (measurement.kind === 'special') return measurement.run(await cluster.createDatabase('bench_special'), options);
  const all = Object.entries(measurement.cases(options));
  const cases = Object.fromEntries(all.filter(([caseName]) => given.cases?.includes(caseName) ?? true));
  if (Object.keys(cases).length === 0) throw new Error(`${name} has ${all.map(([caseName]) => caseName).join(', ')}`);
  return compare(name, measurement, { ...given, cases });
}

function positive(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
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
