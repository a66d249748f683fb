import { createPatch } from 'rfc6902';
import type { Database } from '#db/database.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ReadRouting } from '#server/kernel/read-routing.ts';
import { bisect } from './bisect.ts';
import { density } from './density.ts';
import type { Explorer, PatchOperation } from './explorer.ts';
import { facetValues } from './facet-values.ts';
import { facets } from './facets.ts';
import { fieldChanges } from './field-changes.ts';
import { fieldsOverTime } from './fields-over-time.ts';
import { listEvents } from './list-events.ts';
import { listCategories, listStreams } from './list-streams.ts';
import { mark } from './mark.ts';
import { payloadFields } from './payload-fields.ts';
import { readModel } from './read-model.ts';
import { recentStreams } from './recent-streams.ts';
import { search } from './search.ts';
import { searchEvents } from './search-events.ts';
import { statesAt, streamState } from './stream-state.ts';
import { timeline } from './timeline.ts';
import { trace } from './trace.ts';

/** The console's questions over a database, a store and the deciders that fold. */
export function createExplorer(parts: {
  database: Database;
  eventStore: EventStore;
  registry: Registry;
  acknowledgements: Acknowledgements;
  /** Told of what readers ask; it must not throw. */
  onRead?(name: string, request: JsonObject): void;
  /** Which version answers a reader while two are compared. */
  routing?: ReadRouting | undefined;
}): Explorer {
  const { database } = parts;
  return {
    listStreams: (query) => listStreams(database, query),
    recentStreams: (query) => recentStreams(parts, query),
    listCategories: () => listCategories(database),
    streamState: (query) => streamState(parts, query),
    async streamDiff({ streamId, from, to }) {
      const { before, after } = await statesAt(parts, { streamId, from, to });
      return { from, to, patch: createPatch(before, after) as PatchOperation[], before, after };
    },
    bisect: (query) => bisect(parts, query),
    fieldChanges: (query) => fieldChanges(parts, query),
    fieldsOverTime: (query) => fieldsOverTime(parts, query),
    trace: (query) => trace(parts, query),
    mark: () => mark(parts),
    listEvents: (query, signal) => listEvents({ ...parts, signal }, query),
    density: (query, signal) => density({ ...parts, signal }, query),
    timeline: (query, signal) => timeline({ ...parts, signal }, query),
    facets: (query, signal) => facets({ ...parts, signal }, query),
    facetValues: (query, signal) => facetValues({ ...parts, signal }, query),
    fields: (query, signal) => payloadFields({ ...parts, signal }, query),
    search: (query) => search(parts, query),
    searchEvents: (query) => searchEvents(parts, query),
    readModel: (query) => readModel(parts, query),
  };
}
