import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from './log.ts';
import { watchWorker } from './watch-worker.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-worker-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['process.exit(3)', { exitCode: 3, signal: null }],
  ["process.kill(process.pid, 'SIGKILL')", { exitCode: null, signal: 'SIGKILL' }],
])('the log says how a worker ended: %s', async (program, how) => {
  const script = join(folder, 'worker.mjs');
  writeFileSync(script, program);
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  await new Promise<void>((resolve) => {
    const worker = watchWorker(script, (death) => {
      log.warn(death, 'the worker ended');
      void worker.stop().then(resolve);
    });
  });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject(how);
});
