import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sample, TurnOptions } from './measurement.ts';
import { payload } from './payload.ts';
import { findProgram } from './programs.ts';

/** The columns of an event of ours, with the constraints that it has there. */
export const LIMIT_TABLES = `
  create sequence limit_positions;
  create table limit_events (
    global_position bigint primary key,
    stream_id text collate "C" not null,
    stream_version bigint not null,
    event_type text collate "C" not null,
    schema_version smallint not null,
    event_id uuid not null,
    data jsonb not null,
    metadata jsonb not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    txid xid8 not null default pg_current_xact_id(),
    unique (stream_id, stream_version),
    unique (event_id)
  );
  create table limit_bare (like limit_events including defaults, primary key (global_position));`;

/** `INSERT` of the same row by pgbench into a table of the same columns and constraints. */
export function pgbenchInsert(turn: TurnOptions): Promise<Sample> {
  return runPgbench(turn, 'limit_events');
}

/** The same into a table that has nothing but its primary key. */
export function pgbenchBare(turn: TurnOptions): Promise<Sample> {
  return runPgbench(turn, 'limit_bare');
}

/** In one second of a busy machine it may not have opened its connections, and then has no figure. */
const SECONDS_MIN = 2;

/**
 * A transaction is one `INSERT`, prepared, its data and metadata sent each time; several events are one multi-row
 * `INSERT`. As many clients as there are writers, two threads, because there are two cores.
 */
async function runPgbench({ url, seconds, parameters }: TurnOptions, table: string): Promise<Sample> {
  const { writers = 1, bytes = 300, events = 1 } = parameters;
  const { type, data, metadata } = payload(bytes);
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-pgbench-'));
  const script = join(folder, 'insert.sql');
  const rows = events === 1 ? '' : `, generate_series(1, ${events}) as n`;
  const [position, stream, version] =
    events === 1
      ? ['p.nextval', 'p.nextval', '1']
      : [`nextval('limit_positions')`, `(select last_value from limit_positions)`, 'n'];
  const from = events === 1 ? `from nextval('limit_positions') as p (nextval)` : `from (select 1)${rows}`;
  writeFileSync(
    script,
    `insert into ${table} (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata,
      occurred_at, recorded_at)
    select ${position}, 'bench' || :client_id || '-' || ${stream}, ${version}, '${type}', 1, uuidv7(), (:data)::text::jsonb,
      (:metadata)::text::jsonb, now(), now() ${from};`.replaceAll('\n', ' '),
  );
  const threads = Math.min(2, writers);
  const variables = [`data=${JSON.stringify(data)}`, `metadata=${JSON.stringify(metadata)}`];
  const args = [
    '-n',
    '-M',
    'prepared',
    '-c',
    `${writers}`,
    '-j',
    `${threads}`,
    '-T',
    `${Math.max(SECONDS_MIN, Math.round(seconds))}`,
  ];
  try {
    const program = findProgram('pgbench');
    if (program === undefined) throw new Error('pgbench is not on this machine');
    const { stdout } = await promisify(execFile)(
      program,
      [...args, ...variables.flatMap((variable) => ['-D', variable]), '-f', script, url],
      { timeout: (seconds + 30) * 1000 },
    );
    const [, tps] = /tps = ([\d.]+)/.exec(stdout) ?? [];
    const [, latency] = /latency average = ([\d.]+) ms/.exec(stdout) ?? [];
    // A disk that stood still for the whole turn lets no transaction end, and pgbench tells no rate then.
    if (/actually processed: 0\n/.test(stdout) && /failed transactions: 0 /.test(stdout)) return { value: 0 };
    if (tps === undefined || /failed transactions: [1-9]/.test(stdout)) throw new Error(`pgbench said:\n${stdout}`);
    return { value: Number(tps) * events, meanMs: Number(latency) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
