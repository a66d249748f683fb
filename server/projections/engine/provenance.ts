import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Difference, Provenance } from '#server/projections/inspection.ts';
import { explainDifference, type Step } from './explain-difference.ts';
import { inspect, onSnapshot, rowsOf } from './inspected.ts';
import { applyAgain, beginReplay, passedEvents, rowAt } from './replay.ts';
import { readSuspicions } from './suspicions.ts';

const DEADLINE_MS = 30_000;

/** A longer stream is replayed at once up to its last thousand events, which are then applied one by one. */
const EVENTS_MAX = 20_000;
const STEPS_MAX = 1000;

/**
 * The events that made a row, each with the fields that it changed, and whether the row is what a fresh replay of its
 * stream by the same code makes; where it is not, the first event at which the two part, and why.
 */
export function provenance(
  {
    database,
    eventStore,
    projections,
  }: { database: Database; eventStore: EventStore; projections: readonly Projection[] },
  { key, ...wanted }: { name: string; version?: number | undefined; key: string },
): Promise<Provenance> {
  return onSnapshot(database, DEADLINE_MS, async (query) => {
    const inspected = await inspect(query, projections, wanted);
    if (!('keyIs' in rowsOf(inspected))) {
      throw new TidemarkError('bad-request', `a row of ${inspected.name} is made by many streams`, { field: 'name' });
    }
    const suspicions = await readSuspicions(query, inspected);
    const events = await passedEvents({ query, upcast: eventStore.upcast }, inspected, [key], EVENTS_MAX);
    const replay = await beginReplay(query, database.schema, inspected);
    const stored = await rowAt(query, replay.stored, replay.key, key);
    if (stored === null && events.length === 0) {
      throw new TidemarkError('not-found', `${inspected.name} has no row ${key}, and no stream would make it`, {
        field: 'key',
      });
    }
    const before = Math.max(0, events.length - STEPS_MAX);
    await applyAgain(query, replay, events.slice(0, before));
    const steps: Step[] = [];
    let row = await rowAt(query, replay.fresh, replay.key, key);
    for (const event of events.slice(before)) {
      await applyAgain(query, replay, [event]);
      const next = await rowAt(query, replay.fresh, replay.key, key);
      steps.push({ event, before: row, row: next });
      row = next;
    }
    const differences = differencesOf(stored, row);
    return {
      name: inspected.name,
      version: inspected.version,
      key,
      streamId: key,
      stored,
      replayed: row,
      equal: differences.length === 0,
      differences,
      events: steps.map(({ event, before: old, row: next }) => ({
        globalPosition: event.globalPosition,
        streamVersion: event.streamVersion,
        eventType: event.eventType,
        occurredAt: event.occurredAt,
        changed: differencesOf(old, next).map((one) => one.field),
        parked: event.aside,
      })),
      truncated: before > 0,
      firstDifference: differences.length === 0 ? null : explainDifference({ stored, steps, differences, suspicions }),
    };
  });
}

/** Fields of two rows that are not equal; of one that is not there every field is null. */
function differencesOf(stored: JsonObject | null, replayed: JsonObject | null): Difference[] {
  const fields = Object.keys({ ...stored, ...replayed });
  const missing = (stored === null) !== (replayed === null);
  return fields
    .map((field) => ({ field, stored: stored?.[field] ?? null, replayed: replayed?.[field] ?? null }))
    .filter((one) => missing || JSON.stringify(one.stored) !== JSON.stringify(one.replayed));
}
