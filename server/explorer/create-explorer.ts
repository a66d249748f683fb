import type { Database } from '#db/database.ts';
import { withSignal } from '#db/with-signal.ts';
import type { Registry } from '#server/domain/registry.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Acknowledgements } from '#server/kernel/acknowledgements.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { ReadRouting } from '#server/kernel/read-routing.ts';
import { bisect } from './bisect.ts';
import { causation } from './causation.ts';
import { density } from './density.ts';
import type { Explorer } from './explorer.ts';
import { facetValues } from './facet-values.ts';
import { facets } from './facets.ts';
import { fieldChanges } from './field-changes.ts';
import { fieldsOverTime } from './fields-over-time.ts';
import { listEvents } from './list-events.ts';
import { categoryNames, listCategories, listStreams } from './list-streams.ts';
import { mark } from './mark.ts';
import { patchBetween } from './patch-between.ts';
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
  /** With the signal of whoever asks: what nobody waits for any longer is not looked for any longer. */
  const asked = (signal: AbortSignal | undefined) => ({
    ...parts,
    database: withSignal(parts.database, signal),
    signal,
  });
  return {
    listStreams: (query, signal) => listStreams(asked(signal).database, query),
    recentStreams: (query, signal) => recentStreams(asked(signal), query),
    listCategories: (signal) => listCategories(asked(signal).database),
    categoryNames: () => categoryNames(parts.database),
    streamState: (query) => streamState(parts, query),
    async streamDiff({ streamId, from, to }) {
      const { before, after } = await statesAt(parts, { streamId, from, to });
      return { from, to, patch: patchBetween(before, after), before, after };
    },
    bisect: (query) => bisect(parts, query),
    fieldChanges: (query) => fieldChanges(parts, query),
    fieldsOverTime: (query) => fieldsOverTime(parts, query),
    trace: (query, signal) => trace(asked(signal), query),
    causation: (query, signal) => causation(asked(signal), query),
    mark: () => mark(parts),
    listEvents: (query, signal) => listEvents(asked(signal), query),
    density: (query, signal) => density(asked(signal), query),
    timeline: (query, signal) => timeline(asked(signal), query),
    facets: (query, signal) => facets(asked(signal), query),
    facetValues: (query, signal) => facetValues(asked(signal), query),
    fields: (query, signal) => payloadFields(asked(signal), query),
    search: (query, signal) => search(asked(signal), query),
    searchEvents: (query, signal) => searchEvents(asked(signal), query),
    readModel: (query, signal) => readModel(asked(signal), query),
  };
}
