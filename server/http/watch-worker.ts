import { type ChildProcess, fork } from 'node:child_process';

/** States of a watched worker: it is started, then runs; where it dies it is restarted after a growing delay. */
export type WorkerState = { state: 'running' | 'starting' | 'restarting' | 'off'; restarts: number };

export type WatchedWorker = { state(): WorkerState; stop(): Promise<void> };

/** How it ended: by itself with a code, or by a signal. */
type Death = { exitCode: number | null; signal: NodeJS.Signals | null };

const RESTART_MS_MIN = 250;
const RESTART_MS_MAX = 10_000;
const STOP_MS_MAX = 6500;

/** Runs the projection engine as a child process and starts it again whenever it ends. */
export function watchWorker(script: string, onDeath: (how: Death) => void): WatchedWorker {
  let child: ChildProcess | undefined;
  let state: WorkerState['state'] = 'starting';
  let restarts = 0;
  let inARow = 0;
  let timer: NodeJS.Timeout | undefined;

  function start(): void {
    // A group of its own: Ctrl+C in the terminal reaches this process, which stops the worker in its turn.
    const current = fork(script, { execArgv: ['--import', './bin/typescript.mjs'], detached: true });
    child = current;
    current.on('message', () => {
      state = 'running';
      inARow = 0;
    });
    current.once('exit', (code, signal) => {
      if (state === 'off') return;
      onDeath({ exitCode: code, signal });
      state = 'restarting';
      restarts += 1;
      timer = setTimeout(start, Math.min(RESTART_MS_MAX, RESTART_MS_MIN * 2 ** inARow));
      inARow += 1;
    });
  }

  start();
  return {
    state: () => ({ state, restarts }),
    async stop() {
      state = 'off';
      clearTimeout(timer);
      const current = child;
      if (current === undefined || current.exitCode !== null || current.signalCode !== null) return;
      await new Promise<void>((resolve) => {
        const kill = setTimeout(() => current.kill('SIGKILL'), STOP_MS_MAX);
        current.once('exit', () => {
          clearTimeout(kill);
          resolve();
        });
        current.kill('SIGTERM');
      });
    },
  };
}
