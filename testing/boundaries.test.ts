import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';

const CRUISE = ['--config', '.dependency-cruiser.mjs', '--output-type', 'err'];
const planted: string[] = [];

// Each starts a checker over the tree: half a second alone, several beside other work.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  for (const file of planted.splice(0)) rmSync(dirname(file), { recursive: true, force: true });
});

type Verdict = { status: number | null; output: string };

/** Writes a source file into a folder of its own below `folder`, so that nothing of the tree is touched. */
function plant(folder: string, source: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(mkdtempSync(join(folder, 'planted-')), 'planted.ts');
  planted.push(file);
  writeFileSync(file, source);
  return file;
}

function run(command: string, args: string[]): Verdict {
  const result = spawnSync(`node_modules/.bin/${command}`, args, { encoding: 'utf8' });
  return { status: result.status, output: result.stdout + result.stderr };
}

function lintWith(folder: string, source: string): Verdict {
  return run('oxlint', ['--type-aware', plant(folder, source)]);
}

function checkWith(folder: string, source: string): Verdict {
  const file = plant(folder, source);
  return run('depcruise', [...CRUISE, file]);
}

describe('the import table is checked', () => {
  test.each([
    ['server/kernel', "import '#db/database.ts';", 'table:server/kernel/'],
    ['server/domain', "import 'node:fs';", 'table:server/domain/'],
    ['server/domain', "import '#db/database.ts';", 'table:server/domain/'],
    ['server/command-bus', "import '#server/explorer/explorer.ts';", 'table:server/command-bus/'],
    ['server/projections/definitions', "import '#server/domain/registry.ts';", 'table:server/projections/definitions/'],
    ['server/projections/engine', "import '#server/explorer/explorer.ts';", 'table:server/projections/(engine|sinks)/'],
    ['server/explorer', "import '#server/command-bus/command-bus.ts';", 'table:server/explorer/'],
    ['server/trpc', "import '#db/database.ts';", 'table:server/trpc/'],
    ['server/rest', "import 'postgres';", 'table:server/rest/'],
    ['db', "import '#server/trpc/root.ts';", 'table:db/'],
    ['app', "import '#server/trpc/root.ts';", 'table:app/'],
    ['console', "import '#db/database.ts';", 'console-is-browser-code'],
    ['server/http', "import '#testing/boundaries.test.ts';", 'nothing-imports-what-only-tests-use'],
    ['server/trpc', "import '#server/kernel/nowhere.ts';", 'no-unresolved'],
  ])('%s may not: %s', (folder, source, rule) => {
    const { status, output } = checkWith(folder, source);
    expect(output).toContain(rule);
    expect(status).not.toBe(0);
  });

  test('console takes types of the server, and nothing that runs', () => {
    const type = lintWith(
      'console',
      "import type { AppRouter } from '#server/trpc/root.ts'; export type R = AppRouter;",
    );
    expect(type.output).toContain('Found 0 warnings and 0 errors');
    const value = lintWith('console', "import { appRouter } from '#server/trpc/root.ts'; export const r = appRouter;");
    expect(value.output).toContain('no-restricted-imports');
    expect(value.status).not.toBe(0);
  });

  test.each([
    ['no-restricted-imports', "import { work } from '../kernel/json.ts'; work();"],
    ['no-floating-promises', 'export async function work() {} export function go() { work(); }'],
    ['switch-exhaustiveness-check', "export function f(k: 'a' | 'b') { switch (k) { case 'a': return 1; } return 2; }"],
    ['max-lines', Array.from({ length: 251 }, (_, line) => `export const line${line} = ${line};`).join('\n')],
  ])('the linter knows %s', (rule, source) => {
    const { status, output } = lintWith('server', source);
    expect(output).toContain(rule);
    expect(status).not.toBe(0);
  });

  test('the check reads the sources: a checker that reads nothing passes everything', () => {
    const json = execFileSync('node_modules/.bin/depcruise', [...CRUISE.slice(0, 3), 'json', 'server', 'db'], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const { summary } = JSON.parse(json) as { summary: { totalCruised: number; totalDependenciesCruised: number } };
    expect(summary.totalCruised).toBeGreaterThan(30);
    expect(summary.totalDependenciesCruised).toBeGreaterThan(summary.totalCruised);
  });
});
