import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectDatabase } from '#db/client.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import type { Bench } from './bench.ts';
import { order } from './order.ts';

const BENCHES: Record<string, Bench> = { order };

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`no measurement is named ${name}; there are ${Object.keys(BENCHES).join(', ')}`);
    process.exit(2);
  }
  await measure(name, bench);
}

async function measure(name: string, bench: Bench): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  const { url, stop } = await startEmbeddedPostgres(join(folder, 'data'));
  try {
    const database = connectDatabase({ url, schema: 'tidemark', applicationName: 'bench' });
    await migrate(database);
    await database.close();
    const { figures, rounds } = await bench({ url });
    const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9), node: process.version };
    if (!values.json)
      for (const [figure, value] of Object.entries(figures)) console.log(`${figure.padEnd(20)} ${value}`);
    console.log(JSON.stringify({ name, figures, rounds, machine }));
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
