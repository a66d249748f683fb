import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';

/** One schema of the Postgres that the explorer is measured on. */
export type Store = {
  name: string;
  schema: string;
  events: number;
  /** Versions of its longest stream. */
  longVersions: number;
  /** Made of so many copies of the store before it, each `COPY_SHIFT_DAYS` older than the next; 1: made by the seeder. */
  copies: number;
};

/** What stands behind the history of the shop: a stream of its own, and a correlation across streams. */
export const LONG_STREAM = 'stock-LONGEST';
export const CORRELATION_EVENTS = 5000;
/** As the seeder writes them by itself. */
export const EVENTS_A_DAY = 33_000;
/** As wide as the widest bucket of the density, so that copies fill no bucket of each other but that one. */
export const COPY_SHIFT_DAYS = 30;

export const STORES: readonly Store[] = [
  { name: '10k', schema: 'explorer_10k', events: 10_000, longVersions: 100, copies: 1 },
  { name: '1m', schema: 'explorer_1m', events: 1_000_000, longVersions: 100_000, copies: 1 },
  { name: '10m', schema: 'explorer_10m', events: 10_000_000, longVersions: 100_000, copies: 10 },
];

export const SECRET = 'a secret of a measurement, long enough';

/** Of the last copy, which is the newest; the streams of a store that the seeder made have no suffix. */
export const suffixOf = ({ copies }: Store): string => (copies === 1 ? '' : copySuffix(copies - 1));
export const copySuffix = (copy: number): string => `c${copy}`;

/** The id of the nth event or command behind the shop's history, or of their correlation, in the form of the seeder's. */
export function idOf(kind: 'event' | 'command' | 'correlation', index: number): string {
  const kinds = { event: '0000', command: '0001', correlation: '0002' };
  return `0e0e0e0e-${kinds[kind]}-8000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Ids of the nth copy differ from the original's in these three digits. Written in SQL too. */
export const idInCopy = (id: string, copy: number): string =>
  `${id.slice(0, 15)}${copy.toString(16).padStart(3, '0')}${id.slice(18)}`;

export function correlationOf({ copies }: Store): string {
  return copies === 1 ? idOf('correlation', 1) : idInCopy(idOf('correlation', 1), copies - 1);
}

/** Where the stores are kept: some 20 GB. Reachable for the user that Postgres runs as where this is root. */
export function storesFolder(): string {
  const folder = process.env.TIDEMARK_BENCH_STORES ?? join(tmpdir(), 'tidemark-explorer');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  return folder;
}

export function connectStore(url: string, { schema }: Store, connectionsMax = 4): Database {
  return connectDatabase({ url, schema, applicationName: 'bench', connectionsMax, deadlineMs: 600_000 });
}

/** The settings of a program of ours on a store. */
export function envOf(url: string, { schema }: Store): NodeJS.ProcessEnv {
  return { ...process.env, DATABASE_URL: url, TIDEMARK_SCHEMA: schema, TIDEMARK_SECRET: SECRET, LOG_LEVEL: 'warn' };
}

/** A text that is made once and kept beside the stores. */
export async function kept(name: string, make: () => Promise<string>): Promise<string> {
  const path = join(storesFolder(), name);
  if (!existsSync(path)) writeFileSync(path, await make(), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}
