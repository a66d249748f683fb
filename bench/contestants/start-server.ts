import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type RunningServer = { port: number; cpuMs(): Promise<number>; stop(): void };

type FromServer = { port: number } | { cpu: NodeJS.CpuUsage };

/** Starts one of the servers beside this file, in a process of its own as in production. */
export async function startServer(file: string, ...args: string[]): Promise<RunningServer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', './bin/typescript.mjs', ...(process.env.BENCH_SERVER_FLAGS?.split(' ') ?? [])],
  });
  const next = () =>
    new Promise<FromServer>((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    });
  const first = await next();
  if (!('port' in first)) throw new Error(`${file} did not tell its port`);
  return {
    port: first.port,
    async cpuMs() {
      const answered = next();
      child.send('cpu');
      const answer = await answered;
      return 'cpu' in answer ? (answer.cpu.user + answer.cpu.system) / 1000 : Number.NaN;
    },
    stop: () => child.disconnect(),
  };
}
