import { channels, type Database } from '#db/database.ts';
import { codeOf, SQL_STATE, toKernelError } from '#db/sql-state.ts';
import { prepareEvents } from '#server/event-store/prepare-events.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { isRedacted } from '#server/kernel/private-fields.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { fromCloudEvent, type ImportedEvent } from './cloud-event.ts';

/** Lines of one transaction: 500 rows were 0.68 of what `\copy` reaches, and more gain little. */
const BATCH_LINES = 500;
const BATCH_MS_MAX = 60_000;

export type ImportProgress = { lines: number; added: number; known: number };

type Seal = (category: string, data: JsonObject) => Promise<JsonObject> | JsonObject;

type Line = { number: number; imported: ImportedEvent };

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
  const write = async (some: readonly Line[]) => {
    const added = dryRun ? await countNew(database, some) : await writeBatch(database, await sealed(seal, some));
    progress.added += added;
    progress.known += some.length - added;
    onProgress(progress);
  };
  /** While one batch is written the next is read and checked, and no more than that one. */
  const flush = async () => {
    await writing;
    writing = write(batch);
    // Where it fails, the next flush or the end says so.
    writing.catch(() => {});
    batch = [];
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
    const [prepared] = prepareEvents([imported.event]);
    return prepared ? { ...imported, event: { ...imported.event, ...prepared } } : imported;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const field = isTidemarkError(error) ? (error.details.field ?? 'line') : 'line';
    throw new TidemarkError('bad-request', `line ${number}: ${why.replace('events[0].', '')}`, { field, line: number });
  }
}

const IMPORT = 'select added::float8 as added from import_events($1, $2, $3, $4, $5, $6, $7, $8)';

async function writeBatch(database: Database, batch: readonly Line[], attempt = 1): Promise<number> {
  const { events: channel } = channels(database.schema);
  try {
    return await database.transaction(
      async (query) => {
        const [row] = await query<{ added: number }>(IMPORT, [
          batch.map(({ imported }) => imported.streamId),
          batch.map(({ imported }) => categoryOf(imported.streamId)),
          batch.map(({ imported }) => imported.event.eventId),
          batch.map(({ imported }) => imported.event.eventType),
          batch.map(({ imported }) => imported.event.schemaVersion ?? 1),
          batch.map(({ imported }) => JSON.stringify(imported.event.data)),
          batch.map(({ imported }) => JSON.stringify(imported.event.metadata)),
          batch.map(({ imported }) => imported.event.occurredAt ?? null),
        ]);
        await query('select pg_notify($1, $2)', [channel, '']);
        return row?.added ?? 0;
      },
      { deadlineMs: BATCH_MS_MAX },
    );
  } catch (error) {
    if (codeOf(error) === SQL_STATE.eventIdReused) throw reused(error, batch);
    // Another import, or a line that stands twice in this batch, put the same id in: look again, one by one at last.
    if (codeOf(error) === SQL_STATE.uniqueViolation && attempt < 3) return rewrite(database, batch, attempt);
    throw toKernelError(error);
  }
}

async function rewrite(database: Database, batch: readonly Line[], attempt: number): Promise<number> {
  const ids = new Set(batch.map(({ imported }) => imported.event.eventId));
  if (ids.size === batch.length) return writeBatch(database, batch, attempt + 1);
  let added = 0;
  for (const line of batch) added += await writeBatch(database, [line], attempt + 1);
  return added;
}

function reused(error: unknown, batch: readonly Line[]): TidemarkError {
  const ordinal = Number((error as { detail?: string }).detail ?? 1);
  const line = batch[ordinal - 1];
  const message = `line ${line?.number}: the id stands already with other content`;
  return new TidemarkError('event-id-reused', message, { field: 'id', line: line?.number ?? 0 });
}

async function countNew(database: Database, batch: readonly Line[]): Promise<number> {
  const ids = new Set(batch.map(({ imported }) => imported.event.eventId));
  const known = await database.query('select 1 from events where event_id = any ($1::uuid[])', [[...ids]]);
  return ids.size - known.length;
}
