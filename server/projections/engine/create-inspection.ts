import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Inspection } from '#server/projections/inspection.ts';
import { closeAsOf, listAsOf, openAsOf } from './as-of.ts';
import { checkRows } from './check-rows.ts';
import { completeness } from './completeness.ts';
import { listRows } from './list-rows.ts';
import { provenance } from './provenance.ts';

/** The questions over a database and a store, with the code that replays. */
export function createInspection(parts: {
  database: Database;
  eventStore: EventStore;
  projections: readonly Projection[];
}): Inspection {
  const { database } = parts;
  return {
    completeness: (query) => completeness(parts, query),
    provenance: (query) => provenance(parts, query),
    checkRows: (query) => checkRows(parts, query),
    rows: (query) => listRows(parts, query),
    openAsOf: (request) => openAsOf(parts, request),
    listAsOf: (query) => listAsOf(database, query),
    closeAsOf: (request) => closeAsOf(database, request),
  };
}
