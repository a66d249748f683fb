import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startTimeOf } from './process-state.ts';

type Holder = { pid: number; startTime: string | undefined; address: string };

/** Says which process has the data directory; its message is for people. */
export class AlreadyRunningError extends Error {}

/**
 * One process a data directory. A lock that a killed process left is taken over; a process that got the same number
 * later is told from it by its start time.
 */
export function takeStartLock(dataDir: string, address: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const path = join(dataDir, 'tidemark.lock');
  const mine: Holder = { pid: process.pid, startTime: startTimeOf(process.pid), address };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(path, JSON.stringify(mine), { flag: 'wx', mode: 0o644 });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder.pid) && holder.startTime === startTimeOf(holder.pid)) {
        throw new AlreadyRunningError(
          `Tidemark already runs on ${dataDir}: process ${holder.pid}, at ${holder.address}. Stop it first, or give another TIDEMARK_DATA_DIR.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  throw new AlreadyRunningError(`another start took ${dataDir} at the same moment`);
}

/** Where the Tidemark that runs on a data directory answers; undefined where none does. */
export function runningAddress(dataDir: string): string | undefined {
  const holder = readHolder(join(dataDir, 'tidemark.lock'));
  const runs = holder !== undefined && isAlive(holder.pid) && holder.startTime === startTimeOf(holder.pid);
  return runs && holder.address.startsWith('http') ? holder.address : undefined;
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
