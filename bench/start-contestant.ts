import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromContestant, ToContestant } from './contestant-process.ts';

export type RunningContestant = { name: string; ask<T>(message: ToContestant): Promise<T>; stop(): Promise<void> };

/** Past this an answer is not waited for: it is far above the longest seeding. */
const ANSWER_MS_MAX = 900_000;

/** Starts a contestant on an empty database of its own; rejects with what it said where it can't. */
export async function startContestant(name: string, url: string): Promise<RunningContestant> {
  const script = fileURLToPath(new URL('./contestant-process.ts', import.meta.url));
  const child = fork(script, [name, url], {
    execArgv: ['--import', './bin/typescript.mjs'],
    env: { ...process.env, NODE_ENV: 'production', LOG_LEVEL: 'fatal', NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  function next(): Promise<FromContestant> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error(`${name} gave no answer`))), ANSWER_MS_MAX);
      const onMessage = (message: FromContestant) => end(() => resolve(message));
      const onExit = (code: number | null) => end(() => reject(new Error(`${name} ended with ${code}`)));
      function end(settle: () => void): void {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        settle();
      }
      child.once('message', onMessage);
      child.once('exit', onExit);
    });
  }

  async function stop(): Promise<void> {
    if (child.connected) child.disconnect();
    else child.kill('SIGKILL');
    await ended;
  }

  const first = await next();
  if ('error' in first) {
    await stop();
    throw new Error(`${name}: ${first.error}`);
  }
  return {
    name,
    async ask<T>(message: ToContestant): Promise<T> {
      const answered = next();
      child.send(message);
      const reply = await answered;
      if ('error' in reply) throw new Error(`${name}: ${reply.error}`);
      return ('result' in reply ? reply.result : undefined) as T;
    },
    stop,
  };
}
