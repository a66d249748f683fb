import type { Database } from '#db/database.ts';
import { prepareEvent } from '#server/event-store/prepare-events.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { isRedacted } from '#server/kernel/private-fields.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { fromCloudEvent, type ImportedEvent } from './cloud-event.ts';
import { type Batch, type Line, readyBatch, writeBatch } from './write-batch.ts';

/** Lines of one transaction: each of its streams is extended once for all of its events. */
const BATCH_LINES = 5000;

export type ImportProgress = { lines: number; added: number; known: number };

type Seal = (category: string, data: JsonObject) => Promise<JsonObject> | JsonObject;

/**
 * Puts lines of CloudEvents into the store in their order. A batch is written whole or not at all; what stands already
 * is passed over, so a broken import goes on where it broke when it is run again. Rejects with an error that names the
 * line and the field.
 */
export async function importEvents(
  database: Database,
  lines: AsyncIterable<string>,
  {
    dryRun,
    signal,
    onProgress,
    seal = async (_, data) => data,
  }: {
    dryRun: boolean;
    signal?: AbortSignal;
    onProgress(progress: ImportProgress): void;
    /** Data as it is kept; where it is missing as it came. */
    seal?: Seal;
  },
): Promise<ImportProgress> {
  const progress: ImportProgress = { lines: 0, added: 0, known: 0 };
  let batch: Line[] = [];
  let writing: Promise<void> = Promise.resolve();
  const write = async (some: readonly Line[], ready: Promise<Batch> | undefined) => {
    const added = ready === undefined ? await countNew(database, some) : await writeBatch(database, await ready);
    progress.added += added;
    progress.known += some.length - added;
    onProgress(progress);
  };
  /** While one batch is written the next is read, checked and made ready, and no more than that one. */
  const flush = async () => {
    const lines = batch;
    batch = [];
    const ready = dryRun ? undefined : sealed(seal, lines).then((some) => readyBatch(database, some));
    // Where one of them fails, the next flush or the end says so.
    ready?.catch(() => {});
    await writing;
    writing = write(lines, ready);
    writing.catch(() => {});
  };
  try {
    for await (const line of lines) {
      signal?.throwIfAborted();
      progress.lines += 1;
      if (line.trim() === '') continue;
      batch.push({ number: progress.lines, imported: parseLine(line, progress.lines) });
      if (batch.length >= BATCH_LINES) await flush();
    }
    if (batch.length > 0) await flush();
  } finally {
    // A line that is wrong must not hide that the batch before it stands, or why it does not.
    await writing;
  }
  return progress;
}

/** What an export says was redacted stays so. */
async function sealed(seal: Seal, lines: readonly Line[]): Promise<Line[]> {
  return Promise.all(
    lines.map(async (line) => {
      const { streamId, event } = line.imported;
      if (isRedacted(event.data)) return line;
      const data = await seal(categoryOf(streamId), event.data);
      return data === event.data ? line : { ...line, imported: { ...line.imported, event: { ...event, data } } };
    }),
  );
}

function parseLine(line: string, number: number): ImportedEvent {
  try {
    const imported = fromCloudEvent(JSON.parse(line));
    const { occurredAt, ...prepared } = prepareEvent(imported.event, 'events[0]');
    return { streamId: imported.streamId, event: { ...prepared, ...(occurredAt !== undefined && { occurredAt }) } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const field = isTidemarkError(error) ? (error.details.field ?? 'line') : 'line';
    throw new TidemarkError('bad-request', `line ${number}: ${why.replace('events[0].', '')}`, { field, line: number });
  }
}

async function countNew(database: Database, batch: readonly Line[]): Promise<number> {
  const ids = new Set(batch.map(({ imported }) => imported.event.eventId));
  const known = await database.query('select 1 from events where event_id = any ($1::uuid[])', [[...ids]]);
  return ids.size - known.length;
}
