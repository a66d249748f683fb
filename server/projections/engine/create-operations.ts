import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Operations } from '#server/projections/operations.ts';
import { blastRadius } from './blast-radius.ts';
import { groupParked, listParked, readParked } from './list-parked.ts';
import { retryParked, skipParked } from './parked-acts.ts';
import { startRebuild } from './rebuild.ts';
import { rewind } from './rewind.ts';
import { cancelBuild, dropVersion, pauseVersion, resumeVersion, throttleVersion } from './simple-acts.ts';
import { promote, rollback } from './switch-readers.ts';
import { readWorkers } from './workers.ts';

/** The acts over a database and a store, with the code that versions are built with. */
export function createOperations(parts: {
  database: Database;
  eventStore: EventStore;
  projections: readonly Projection[];
}): Operations {
  const { database, projections } = parts;
  return {
    pause: (request) => pauseVersion(database, request),
    resume: (request) => resumeVersion(database, request),
    throttle: (request) => throttleVersion(database, request),
    rebuild: (request) => startRebuild(database, projections, request),
    cancel: (request) => cancelBuild(database, request),
    rewind: (request) => rewind(database, request),
    promote: (request) => promote(database, request),
    rollback: (request) => rollback(database, request),
    drop: (request) => dropVersion(database, request),
    blastRadius: (request) => blastRadius(database, request),
    workers: () => readWorkers(database),
    parkedGroups: (query) => groupParked(database, query),
    parkedEvents: (query) => listParked(database, query),
    parkedEvent: (query) => readParked(parts, query),
    retryParked: (request) => retryParked(database, request),
    skipParked: (request) => skipParked(database, request),
  };
}
