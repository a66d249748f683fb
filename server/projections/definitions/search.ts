import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { mergePatch } from '#server/kernel/merge-patch.ts';
import { defineProjection, forEachEvent } from '#server/projections/define-projection.ts';
import { createPostgresSearchSink } from '#server/projections/sinks/postgres-search-sink.ts';
import type { SearchDocument } from '#server/projections/sinks/search-sink.ts';

/**
 * The search index: one document for every stream of any category, made of its merged data, so that a history is found
 * before any code for it exists.
 */
export const searchProjection = defineProjection({
  name: 'search',
  version: 1,
  sink: 'search',
  title: 'Search index',
  acknowledges: true,
  onFailure: 'park',
  tables: [
    `create table search_documents (
      stream_id text collate "C" primary key,
      category text collate "C" not null,
      version bigint not null,
      title text not null,
      body text not null,
      fields jsonb not null,
      event_types text[] not null,
      lexemes tsvector not null
    )`,
  ],
  indexes: [
    'create index search_documents_by_lexeme on search_documents using gin (lexemes)',
    `create index search_documents_by_trigram on search_documents using gin ((title || ' ' || body) gin_trgm_ops)`,
  ],
  rows: { table: 'search_documents', key: 'stream_id', keyIs: 'streamId' },
  code: import.meta.url,
  async apply(events, write) {
    const sink = createPostgresSearchSink(write);
    const streamIds = [...new Set(events.map((event) => event.streamId))];
    const documents = new Map((await sink.read(streamIds)).map((document) => [document.streamId, document]));
    forEachEvent(events, (event) => {
      const before = documents.get(event.streamId);
      if (before === undefined || before.version < event.streamVersion) {
        documents.set(event.streamId, addEvent(before, event));
      }
    });
    await sink.put([...documents.values()]);
  },
});

function addEvent(before: SearchDocument | undefined, event: RecordedEvent): SearchDocument {
  const fields: JsonObject = mergePatch(before?.fields ?? {}, event.data);
  const eventTypes = new Set(before?.eventTypes ?? []).add(event.eventType);
  return {
    streamId: event.streamId,
    category: event.category,
    version: event.streamVersion,
    fields,
    eventTypes: [...eventTypes],
  };
}
