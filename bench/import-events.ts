import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import type { Contestant } from './contestant.ts';
import { withHistory } from './import-files.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { findProgram } from './programs.ts';

let turns = 0;

/**
 * A file of CloudEvents into the store, checked and idempotent, beside the same rows by psql's `\copy` into a table of
 * the same columns and constraints. Each turn brings new streams to what stands already.
 */
export const importEvents: Comparison = {
  kind: 'comparison',
  title: 'Bulk import: events a second',
  unit: 'events/s',
  better: 'higher',
  cases: ({ quick }) => ({ 'file-300-bytes': { events: quick ? 20_000 : 100_000, bytes: 300 } }),
  contestants: ['tidemark-import'],
  limits: { psql: { 'psql-copy': copy } },
  turn,
};

async function turn(contestant: Contestant, { parameters }: TurnOptions): Promise<Sample | undefined> {
  const { importFile } = contestant;
  if (importFile === undefined) return undefined;
  const { events = 0, bytes = 300 } = parameters;
  turns += 1;
  const run = `${process.pid.toString(36)}t${turns}`;
  return withHistory('cloud-events', { events, bytes, run }, async (path) => {
    const startedAt = performance.now();
    const added = await importFile(path);
    if (added !== events) throw new Error(`${added} of ${events} events were added`);
    return { value: events / ((performance.now() - startedAt) / 1000) };
  });
}

async function copy({ url, parameters }: TurnOptions): Promise<Sample> {
  const { events = 0, bytes = 300 } = parameters;
  const program = findProgram('psql') ?? 'psql';
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ last: string }[]>`select coalesce(max(global_position), 0) as last from limit_events`;
  await sql.end();
  const first = Number(row?.last) + 1;
  return withHistory('copy', { events, bytes, run: `c${first}`, first }, async (path) => {
    // psql may be a wrapper that gives up root, and then has to reach the file.
    chmodSync(dirname(path), 0o755);
    const columns =
      'global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at';
    const startedAt = performance.now();
    const statement = `\\copy limit_events (${columns}) from '${path}'`;
    const { stdout } = await promisify(execFile)(program, [url, '-X', '-v', 'ON_ERROR_STOP=1', '-c', statement]);
    if (!stdout.includes(`COPY ${events}`)) throw new Error(`psql said: ${stdout}`);
    return { value: events / ((performance.now() - startedAt) / 1000) };
  });
}
