import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createRegistry } from '#server/domain/registry.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { createSealer } from '#server/privacy/create-privacy.ts';
import { type ImportProgress, importEvents } from './import-events.ts';
import { openOrMakeDatabase } from './open-database.ts';
import { createProgressLine, duration, grouped } from './progress-line.ts';
import { readArguments } from './read-arguments.ts';

const USAGE = 'npm run import -- FILE [--dry-run]   (FILE: .ndjson, .ndjson.gz, or - for standard input)';

async function main(): Promise<number> {
  const given = readArguments(USAGE, { allowPositionals: true, options: { 'dry-run': { type: 'boolean' } } });
  if (given === undefined) return 2;
  const [file, ...more] = given.positionals;
  if (file === undefined || more.length > 0) {
    console.error(USAGE);
    return 2;
  }
  const dryRun = given.values['dry-run'] ?? false;
  const name = file === '-' ? 'standard input' : file;
  const source = openSource(file);
  if (source === undefined) {
    console.error(`${file} is no file that can be read`);
    return 2;
  }
  const { database, secret, close } = await openOrMakeDatabase('tidemark-import');
  const startedAt = performance.now();
  const line = createProgressLine();
  const onProgress = (progress: ImportProgress) => line.show(progressText(progress, startedAt, source));
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort(new Error('stopped; the same import again goes on from here')));
  try {
    const { seal } = createSealer(database, { registry: createRegistry(), secret: await secret() });
    const done = await importEvents(database, source.lines(), { dryRun, onProgress, seal, signal: stop.signal });
    const seconds = (performance.now() - startedAt) / 1000;
    const added = `${grouped(done.added)} ${dryRun ? 'would be added' : 'added'}, ${grouped(done.known)} known already`;
    line.end(`${grouped(done.lines)} lines: ${added}, in ${seconds.toFixed(1)} s`);
    return 0;
  } catch (error) {
    line.end(`The import of ${name} stopped. ${error instanceof Error ? error.message : String(error)}`);
    if (!isTidemarkError(error) && !isReadError(error) && !stop.signal.aborted) console.error(error);
    return 1;
  } finally {
    await close();
  }
}

type Source = { lines(): AsyncIterable<string>; bytesRead(): number; bytesTotal: number | undefined };

function openSource(file: string): Source | undefined {
  if (file === '-') return { lines: () => linesOf(process.stdin), bytesRead: () => 0, bytesTotal: undefined };
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isFile()) return undefined;
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? pipeline(raw, createGunzip(), () => {}) : raw;
  return { lines: () => linesOf(input), bytesRead: () => raw.bytesRead, bytesTotal: status.size };
}

/** Of the file or of its compression: the message says all there is to know. */
function isReadError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(E[A-Z]+|Z_[A-Z_]+)$/.test(String(error.code));
}

/** readline reads as soon as it exists and drops what nobody takes: it is made when the first line is asked for. */
async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

function progressText(
  { lines, added, known }: ImportProgress,
  startedAt: number,
  { bytesRead, bytesTotal }: Source,
): string {
  const seconds = (performance.now() - startedAt) / 1000;
  const share = bytesTotal ? Math.min(1, bytesRead() / bytesTotal) : undefined;
  const left = share ? `, ${duration((seconds * (1 - share)) / share)} left` : '';
  const done = share ? ` (${Math.floor(share * 100)} %)` : '';
  return `${grouped(lines)} lines${done}: ${grouped(added)} added, ${grouped(known)} known, ${grouped(lines / seconds)}/s${left}`;
}

process.exitCode = await main();
