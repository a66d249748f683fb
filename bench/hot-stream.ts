import type { Contestant } from './contestant.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { payload } from './payload.ts';
import { quantile } from './statistics.ts';

let turns = 0;

/**
 * Writers that all want the same stream. Each sends commands one after the other; a command is decided on the state of
 * the stream, appended at the version that it was decided on, and decided anew where another one was faster.
 */
export const hotStream: Comparison = {
  kind: 'comparison',
  title: 'One hot stream: commands a second',
  unit: 'commands/s',
  better: 'higher',
  cases: () => ({ 'writers-64': { writers: 64 }, 'writers-1': { writers: 1 } }),
  contestants: ['tidemark-bus', 'emmett', 'castore', 'message-db', 'act'],
  turn,
};

async function turn(contestant: Contestant, { seconds, parameters }: TurnOptions): Promise<Sample> {
  const { writers = 1 } = parameters;
  const increment = contestant.increment ?? ((stream) => incrementByReading(contestant, stream));
  turns += 1;
  const stream = `stock-hot-${process.pid.toString(36)}t${turns}`;
  const durations: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;

  async function write(): Promise<void> {
    while (performance.now() < until) {
      const from = performance.now();
      await increment(stream);
      durations.push(performance.now() - from);
    }
  }

  await Promise.all(Array.from({ length: writers }, write));
  const elapsed = (performance.now() - startedAt) / 1000;
  let count = 0;
  await contestant.readStream(stream, () => {
    count += 1;
  });
  if (count !== durations.length) throw new Error(`${count} events stand of ${durations.length} commands`);
  return { value: count / elapsed, p50Ms: quantile(durations, 0.5), p99Ms: quantile(durations, 0.99) };
}

/** Reads, decides, appends, at once again where that conflicts: a wait between the tries made every peer slower. */
async function incrementByReading(contestant: Contestant, stream: string): Promise<void> {
  for (;;) {
    let version = 0;
    await contestant.readStream(stream, () => {
      version += 1;
    });
    try {
      await contestant.append(stream, [payload(60, version)], version);
      return;
    } catch (error) {
      if (!contestant.isConflict(error)) throw error;
    }
  }
}
