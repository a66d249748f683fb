import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

type Packages = Record<string, { version: string; [field: string]: unknown }>;
type Installed = { isInstalled(lockFile: string, folder: string): boolean };

const { isInstalled } = (await import(join(import.meta.dirname, '../bin/installed.mjs'))) as Installed;
const OTHER = process.platform === 'win32' ? 'linux' : 'win32';
const PACKAGES: Packages = {
  'node_modules/pino': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/next/node_modules/pino': { version: '2.0.0', integrity: 'sha512-b' },
  'node_modules/native-here': { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-installed-'));
  for (const path of Object.keys(PACKAGES)) mkdirSync(join(folder, path), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, packages: Packages): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify({ packages }));
}

function check(wanted: Packages, found: Packages): boolean {
  write('package-lock.json', { '': { version: '0.1.0' }, ...wanted });
  write('node_modules/.package-lock.json', found);
  return isInstalled(join(folder, 'package-lock.json'), folder);
}

test('what npm installed by the lock file is whole, without what is for other systems', () => {
  expect(check(PACKAGES, PACKAGES)).toBe(true);
  const elsewhere = { version: '1.0.0', optional: true, os: [OTHER], cpu: [process.arch] };
  const neededThere = { version: '1.0.0', optional: true };
  const notHere = { version: '1.0.0', devOptional: true, os: [`!${process.platform}`] };
  expect(
    check(
      { ...PACKAGES, 'node_modules/a': elsewhere, 'node_modules/b': neededThere, 'node_modules/c': notHere },
      PACKAGES,
    ),
  ).toBe(true);
});

test('it is not whole where nothing is installed, or something is missing or another version', () => {
  expect(isInstalled('package-lock.json', folder)).toBe(false);
  for (const path of Object.keys(PACKAGES)) {
    const { [path]: _, ...rest } = PACKAGES;
    expect(check(PACKAGES, rest)).toBe(false);
    expect(check(PACKAGES, { ...rest, [path]: { version: '0.9.0' } })).toBe(false);
  }
  expect(check({ ...PACKAGES, 'node_modules/vitest': { version: '1.0.0', dev: true } }, PACKAGES)).toBe(false);
  rmSync(join(folder, 'node_modules/pino'), { recursive: true });
  expect(check(PACKAGES, PACKAGES)).toBe(false);
});
