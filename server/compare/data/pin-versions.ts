import type { Database, Query } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { comparePositions, laterPosition, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { type Inspected, inspect, onSnapshot } from '#server/projections/engine/inspected.ts';

/** Two versions on one snapshot. */
export type Pinned = {
  query: Query;
  a: Inspected;
  b: Inspected;
  /** Up to which both have everything, but for the keys in flight. */
  position: Position;
  inFlight: ReadonlySet<string>;
};

/** Not comparable now: `until` is the position that both must reach. */
export type Apart = { a: Position; b: Position; until: Position };

/** Both follow the same events, so a moment at which both stand at one is mostly seen within some of these. */
const LOOKS = 30;
const LOOK_MS = 100;

/** Keys that events between the two positions touch are left out, up to so many events. */
const IN_FLIGHT_EVENTS_MAX = 5000;
const DEADLINE_MS = 60 * 60_000;

/**
 * Runs `work` on one snapshot that sees both versions at one position. Nothing is held up for it: where no moment finds
 * both at one position, rows whose stream has an event between the two are left out, and every other row is of both.
 */
export async function onPinnedVersions<Result>(
  { database, projections, signal }: { database: Database; projections: readonly Projection[]; signal: AbortSignal },
  wanted: { name: string; a: number; b: number },
  work: (pinned: Pinned) => Promise<Result>,
): Promise<Result | Apart> {
  for (let look = 1; ; look += 1) {
    signal.throwIfAborted();
    const found = await onSnapshot(database, DEADLINE_MS, async (query): Promise<{ result: Result } | Apart> => {
      const a = await inspect(query, projections, { name: wanted.name, version: wanted.a });
      const b = await inspect(query, projections, { name: wanted.name, version: wanted.b });
      const apart = await between(query, a, b);
      const position = laterPosition(a.checkpoint, b.checkpoint);
      if (apart.length === 0) return { result: await work({ query, a, b, position, inFlight: new Set() }) };
      const streamKeys = a.projection?.rows !== undefined && 'keyIs' in a.projection.rows;
      if (look < LOOKS || !streamKeys || apart.length > IN_FLIGHT_EVENTS_MAX) {
        return { a: a.checkpoint, b: b.checkpoint, until: position };
      }
      const earlier = comparePositions(a.checkpoint, b.checkpoint) < 0 ? a.checkpoint : b.checkpoint;
      return { result: await work({ query, a, b, position: earlier, inFlight: new Set(apart) }) };
    });
    if ('result' in found) return found.result;
    const far = positionsBetween(found.a, found.b) + positionsBetween(found.b, found.a) > IN_FLIGHT_EVENTS_MAX;
    if (look === LOOKS || far) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Streams of the events that only one of the two has handled. */
async function between(query: Query, a: Inspected, b: Inspected): Promise<string[]> {
  if (a.projection === undefined || b.projection === undefined) {
    const missing = a.projection === undefined ? a : b;
    const message = `the code of ${missing.name} with version ${missing.codeVersion} is not here`;
    throw new TidemarkError('bad-request', message, { field: a.projection === undefined ? 'a' : 'b' });
  }
  if (a.checkpoint === b.checkpoint) return [];
  const rows = await query<{ stream: string }>(
    `select stream_id as stream from events
     where global_position > least($1::bigint, $2::bigint) and global_position <= greatest($1::bigint, $2::bigint)
       and ($3::text[] is null or split_part(stream_id, '-', 1) = any ($3)) limit ${IN_FLIGHT_EVENTS_MAX + 1}`,
    [a.checkpoint, b.checkpoint, a.categories],
  );
  return rows.map((row) => row.stream);
}
