import type { Database } from '#db/database.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { announceCheckpoint, holdCheckpoint, moveCheckpoint } from './checkpoint.ts';

/** A page of 2,000 events with documents of some kilobytes takes under a second; past this something hangs. */
const DEADLINE_MS = 30_000;

export type Page = { from: Position; to: Position; events: readonly RecordedEvent[] };

/**
 * Applies a page and moves the checkpoint in one transaction. The checkpoint's row is taken first, so a second engine
 * waits for it, finds it moved, and writes nothing.
 */
export async function applyPage(database: Database, projection: Projection, { from, to, events }: Page): Promise<void> {
  const lastRecordedAt = events.at(-1)?.recordedAt;
  await database.transaction(
    async (query) => {
      await holdCheckpoint(query, projection.name, from);
      if (events.length > 0) await projection.apply(events, query);
      await moveCheckpoint(query, projection.name, { to, events: events.length, lastRecordedAt });
      await announceCheckpoint(query, database.schema);
    },
    { deadlineMs: DEADLINE_MS },
  );
}
