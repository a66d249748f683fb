import { copyText } from '#db/copy-text.ts';
import { type CopyIn, channels, type Database, type Query } from '#db/database.ts';
import { codeOf, SQL_STATE, toKernelError } from '#db/sql-state.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import type { ImportedEvent } from './cloud-event.ts';

/** A line of the file, checked; numbers count from 1. */
export type Line = { number: number; imported: ImportedEvent };

const BATCH_MS_MAX = 60_000;

/** Lines that are compared with what stands, a statement each. */
const COMPARED_LINES = 500;

/** Lines with what can be known of them before those in front of them are written. */
export type Batch = { lines: readonly Line[]; allNew: boolean; texts: readonly string[] };

/** Looks which lines are new, and makes their texts, while the batch before is written: that took a third of an import. */
export async function readyBatch({ query }: { query: Query }, lines: readonly Line[]): Promise<Batch> {
  const asked = areNew(query, lines);
  // Where it fails while the texts are made, whoever waits for the batch finds out.
  asked.catch(() => {});
  const texts = lines.map(rowText);
  return { lines, texts, allNew: await asked };
}

/**
 * Writes lines in their order, all or none, passing over those that stand already with the same content; gives how many
 * it added. New ones all go by COPY; where an id is known, or stands twice, each line is compared in the database.
 */
export async function writeBatch(database: Database, batch: Batch, attempt = 1): Promise<number> {
  try {
    return await database.transaction(
      async (query, copyIn) => {
        const added = batch.allNew ? await copy(query, copyIn, batch) : await compare(query, batch.lines);
        await query('select pg_notify($1, $2)', [channels(database.schema).events, '']);
        return added;
      },
      { deadlineMs: BATCH_MS_MAX },
    );
  } catch (error) {
    // Another import, or a line that stands twice in this batch, put the same id in: look again, one by one at last.
    if (codeOf(error) === SQL_STATE.uniqueViolation && attempt < 3) return rewrite(database, batch, attempt);
    throw toKernelError(error);
  }
}

async function rewrite(database: Database, { lines }: Batch, attempt: number): Promise<number> {
  if (idsOf(lines).size === lines.length) return writeBatch(database, await readyBatch(database, lines), attempt + 1);
  let added = 0;
  for (const line of lines) added += await writeBatch(database, await readyBatch(database, [line]), attempt + 1);
  return added;
}

async function areNew(query: Query, batch: readonly Line[]): Promise<boolean> {
  const ids = idsOf(batch);
  if (ids.size < batch.length) return false;
  const known = await query('select 1 from events where event_id = any ($1::uuid[]) limit 1', [[...ids]]);
  return known.length === 0;
}

const idsOf = (batch: readonly Line[]) => new Set(batch.map(({ imported }) => imported.event.eventId));

const RESERVE = 'select * from reserve_import($1, $2, $3, $4, $5, $6)';
const COPY = `copy events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata,
  occurred_at, recorded_at) from stdin`;

type Reserved = { at_now: string; versions: string[]; positions: Position[] };
type Total = { count: number; firstAt: string | null; lastAt: string | null; version: number };

async function copy(query: Query, copyIn: CopyIn, { lines, texts }: Batch): Promise<number> {
  const totals = new Map<string, Total>();
  for (const { imported } of lines) {
    const at = imported.event.occurredAt ?? null;
    const total = totals.get(imported.streamId);
    if (total === undefined) totals.set(imported.streamId, { count: 1, firstAt: at, lastAt: at, version: 0 });
    else {
      total.count += 1;
      if (at !== null && (total.firstAt === null || at < total.firstAt)) total.firstAt = at;
      if (at !== null && (total.lastAt === null || at > total.lastAt)) total.lastAt = at;
    }
  }
  const streams = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  const [reserved] = await query<Reserved>(RESERVE, [
    streams.map(([streamId]) => streamId),
    streams.map(([streamId]) => categoryOf(streamId as ImportedEvent['streamId'])),
    streams.map(([, { count }]) => count),
    streams.map(([, { firstAt }]) => firstAt),
    streams.map(([, { lastAt }]) => lastAt),
    lines.length,
  ]);
  if (reserved === undefined) throw new Error('reserve_import gave no row');
  for (const [index, [, total]] of streams.entries()) total.version = Number(reserved.versions[index]) - total.count;
  const rows = lines.map(({ imported: { streamId, event } }, index) => {
    const total = totals.get(streamId);
    if (total !== undefined) total.version += 1;
    const times = `${event.occurredAt ?? reserved.at_now}\t${reserved.at_now}`;
    return `${reserved.positions[index]}\t${streamId}\t${total?.version}\t${texts[index]}\t${times}`;
  });
  await copyIn(COPY, rows);
  return lines.length;
}

/** Of a row what does not depend on those before it: from its type to its metadata. */
function rowText({ imported: { event } }: Line): string {
  const { eventType, schemaVersion = 1, eventId, data, metadata } = event;
  const json = `${copyText(JSON.stringify(data))}\t${copyText(JSON.stringify(metadata))}`;
  return `${eventType}\t${schemaVersion}\t${eventId}\t${json}`;
}

const COMPARE = 'select added::float8 as added from import_events($1, $2, $3, $4, $5, $6, $7, $8)';

async function compare(query: Query, batch: readonly Line[]): Promise<number> {
  let added = 0;
  for (let start = 0; start < batch.length; start += COMPARED_LINES) {
    const lines = batch.slice(start, start + COMPARED_LINES);
    const events = lines.map(({ imported }) => imported.event);
    try {
      const [row] = await query<{ added: number }>(COMPARE, [
        lines.map(({ imported }) => imported.streamId),
        lines.map(({ imported }) => categoryOf(imported.streamId)),
        events.map(({ eventId }) => eventId),
        events.map(({ eventType }) => eventType),
        events.map(({ schemaVersion }) => schemaVersion ?? 1),
        events.map(({ data }) => JSON.stringify(data)),
        events.map(({ metadata }) => JSON.stringify(metadata)),
        events.map(({ occurredAt }) => occurredAt ?? null),
      ]);
      added += row?.added ?? 0;
    } catch (error) {
      throw codeOf(error) === SQL_STATE.eventIdReused ? reused(error, lines) : error;
    }
  }
  return added;
}

function reused(error: unknown, lines: readonly Line[]): TidemarkError {
  const ordinal = Number((error as { detail?: string }).detail ?? 1);
  const line = lines[ordinal - 1];
  const message = `line ${line?.number}: the id stands already with other content`;
  return new TidemarkError('event-id-reused', message, { field: 'id', line: line?.number ?? 0 });
}
