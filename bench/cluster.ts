import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '#db/embedded.ts';

export type Cluster = {
  version: string;
  /** An empty database of that name; an older one of the name is dropped. */
  createDatabase(name: string): Promise<string>;
  /** Between turns: what one wrote is not written back while the next is measured. */
  checkpoint(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The Postgres of all contestants: the embedded one as the product starts it, fsync and synchronous_commit on. Two
 * settings are changed: room for everyone's connections, and no autovacuum, which would work on what one contestant
 * wrote while another is measured (each database is vacuumed after the warm-up round in its place).
 */
export async function startCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
  // Reachable for the user that Postgres runs as where this is root: its files then stay here, and go with the folder.
  chmodSync(folder, 0o755);
  const first = await startEmbeddedPostgres(join(folder, 'data'));
  const setting = postgres(first.url, { max: 1 });
  await setting`alter system set max_connections = 300`;
  await setting`alter system set autovacuum = off`;
  await setting.end();
  await first.stop();
  const { url, stop } = await startEmbeddedPostgres(join(folder, 'data'));
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const [settings] = await admin<{ version: string; fsync: string; commit: string }[]>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
           current_setting('synchronous_commit') as commit`;
  if (settings?.fsync !== 'on' || settings.commit !== 'on') throw new Error('fsync and synchronous_commit must be on');
  return {
    version: settings.version,
    async createDatabase(name) {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.unsafe(`create database ${name}`);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    async checkpoint() {
      await admin`checkpoint`;
    },
    async stop() {
      await admin.end({ timeout: 1 });
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
