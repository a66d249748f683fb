import { createRegistry } from '#server/domain/registry.ts';
import { openOrMakeDatabase } from '#server/import-export/open-database.ts';
import { createProgressLine, duration, grouped } from '#server/import-export/progress-line.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { readSeedArguments, type SeedArguments, USAGE } from './seed-arguments.ts';
import { type SeedProgress, seedStore } from './seed-store.ts';

async function main(): Promise<number> {
  const plan = readArguments();
  if (plan === undefined) return 2;
  const { database, close } = await openOrMakeDatabase('tidemark-seed');
  const startedAt = performance.now();
  const secondsSince = () => (performance.now() - startedAt) / 1000;
  const line = createProgressLine();
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('stopped; the same seed again goes on from here')));
  let shown: SeedProgress | undefined;
  const onProgress = (progress: SeedProgress) => {
    if (shown === undefined && progress.known > 0) {
      console.error(`${grouped(progress.known)} of these events stand already; going on from there`);
    }
    shown = progress;
    const rate = progress.written / secondsSince();
    const left = progress.total - progress.known - progress.written;
    const share = Math.floor((100 * (progress.known + progress.written)) / progress.total);
    line.show(`${grouped(progress.written)} events (${share} %), ${grouped(rate)}/s, ${duration(left / rate)} left`);
  };
  try {
    const done = await seedStore(database, createRegistry(), { ...plan, signal: stop.signal, onProgress });
    const written = `${grouped(done.written)} events written in ${secondsSince().toFixed(1)} s`;
    line.end(
      done.written === 0
        ? `All ${grouped(done.known)} events of this history stand already. Another --seed makes another shop.`
        : `${written}; ${grouped(plan.streams)} streams, ${span(plan)}`,
    );
    return 0;
  } catch (error) {
    line.end(`The seed stopped. ${error instanceof Error ? error.message : String(error)}`);
    if (!isTidemarkError(error) && !stop.signal.aborted) console.error(error);
    return 1;
  } finally {
    await close();
  }
}

function readArguments(): SeedArguments | undefined {
  if (process.argv.slice(2).includes('--help')) {
    console.log(USAGE);
    process.exit(0);
  }
  try {
    return readSeedArguments(process.argv.slice(2), Date.now());
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return undefined;
  }
}

function span({ from, to }: SeedArguments): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return `${day(from)} to ${day(to)}`;
}

process.exitCode = await main();
