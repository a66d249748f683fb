import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-env-'));
const read = (variables: Record<string, string>) =>
  readEnv({ NODE_ENV: 'test', TIDEMARK_DATA_DIR: dataDir, ...variables });

const REMOTE = { DATABASE_URL: 'postgres://tidemark@db.example/tidemark', TIDEMARK_SECRET: 's'.repeat(32) };

test('a wrong value is named, but for what holds a secret', () => {
  expect(() => read({ PORT: 'x1' })).toThrow(/^PORT=x1 can't be used: it must be a port/);
  for (const DATABASE_URL of ['mysql://ada:hush@db/shop', 'postgres://ada:hush@db:99999/shop']) {
    expect(() => read({ DATABASE_URL })).toThrow(/^DATABASE_URL can't be used: it must be an address such as/);
  }
  expect(() => read({ TIDEMARK_SECRET: 'hush' })).toThrow("TIDEMARK_SECRET can't be used: it must have at least 32");
});

describe('who reaches it', () => {
  test('nobody but this machine, where nothing is said', () => {
    for (const HOST of ['', 'localhost', '127.0.0.1', '127.8.8.8', '::1', '[::1]']) {
      expect(read({ HOST })).toMatchObject({ localOnly: true, publicUrl: undefined });
    }
    expect(read({ HOST: '::1', PORT: '3100' })).toMatchObject({ host: '::1', address: 'http://[::1]:3100' });
  });

  test('others too with another database, another host, or a public address', () => {
    const url = 'https://tidemark.example';
    expect(read(REMOTE)).toMatchObject({ localOnly: false });
    expect(read({ TIDEMARK_PUBLIC_URL: url })).toMatchObject({ localOnly: false, publicUrl: url });
    expect(read({ HOST: '0.0.0.0', TIDEMARK_PUBLIC_URL: `${url}/` })).toMatchObject({
      localOnly: false,
      publicUrl: url,
    });
  });

  test('not by an address that nobody named', () => {
    for (const HOST of ['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.evil.example']) {
      expect(() => read({ HOST })).toThrow(/TIDEMARK_PUBLIC_URL=https/);
    }
  });

  test('not in plain over a network, unless that is said', () => {
    const url = 'http://tidemark.example';
    expect(() => read({ TIDEMARK_PUBLIC_URL: url })).toThrow(/TIDEMARK_ALLOW_HTTP=yes/);
    expect(read({ TIDEMARK_PUBLIC_URL: url, TIDEMARK_ALLOW_HTTP: 'yes' })).toMatchObject({ publicUrl: url });
    expect(read({ TIDEMARK_PUBLIC_URL: 'http://localhost:8080' })).toMatchObject({
      publicUrl: 'http://localhost:8080',
    });
  });

  test('not by an address with more than host and port', () => {
    for (const url of [
      'https://tidemark.example/here',
      'https://ada@tidemark.example',
      'ftp://tidemark.example',
      'x',
    ]) {
      expect(() => read({ TIDEMARK_PUBLIC_URL: url })).toThrow(/^TIDEMARK_PUBLIC_URL=/);
    }
  });
});
