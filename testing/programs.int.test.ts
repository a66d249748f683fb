import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

test.each(Object.entries(scripts))('npm run %s -- --help says how it is called', async (_, command) => {
  const [, ...given] = command.replace('exec ', '').split(' ');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...given, '--help'], { cwd: ROOT });
  expect(stdout).toMatch(/^npm (run|start|test)/);
  expect(stderr).toBe('');
});
