import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { createRegistry } from '#server/domain/registry.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { parsePosition } from '#server/kernel/position.ts';
import { createSealer } from '#server/privacy/create-privacy.ts';
import { exportEvents } from './export-events.ts';
import { openDatabase } from './open-database.ts';
import { createProgressLine, grouped } from './progress-line.ts';
import { readArguments } from './read-arguments.ts';

const USAGE = 'npm run export -- [--category C] [--after POSITION] [--out FILE]   (FILE: .ndjson or .ndjson.gz)';

async function main(): Promise<number> {
  const given = readArguments(USAGE, {
    options: { category: { type: 'string' }, after: { type: 'string' }, out: { type: 'string' } },
  });
  if (given === undefined) return 2;
  const { values } = given;
  const after = values.after === undefined ? undefined : parsePosition(values.after, '--after');
  const { database, secret, close } = await openDatabase('tidemark-export');
  const eventStore = createPostgresEventStore(database);
  const progress = createProgressLine();
  const startedAt = performance.now();
  let events = 0;
  async function* counted() {
    const { opened } = createSealer(database, { registry: createRegistry(), secret: await secret() });
    for await (const line of exportEvents(eventStore, { category: values.category, after, shown: opened })) {
      events += 1;
      const rate = events / ((performance.now() - startedAt) / 1000);
      progress.show(`${grouped(events)} events, ${grouped(rate)}/s`);
      yield line;
    }
  }
  try {
    const target = values.out === undefined ? process.stdout : createWriteStream(values.out);
    const lines = Readable.from(counted(), { objectMode: true });
    if (values.out?.endsWith('.gz')) await pipeline(lines, createGzip(), target);
    else await pipeline(lines, target, { end: values.out !== undefined });
    progress.end(`${grouped(events)} events exported`);
    return 0;
  } catch (error) {
    // Whoever read standard output had enough.
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0;
    throw error;
  } finally {
    await eventStore.close();
    await close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
