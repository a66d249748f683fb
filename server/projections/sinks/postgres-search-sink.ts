import type { Write } from '#server/projections/define-projection.ts';
import { documentText, withParts } from './document-text.ts';
import { newestOfEach, type SearchDocument, type SearchSink } from './search-sink.ts';

const READ = `
  select stream_id as "streamId", category, version::float8 as version, fields, event_types as "eventTypes"
  from search_documents where stream_id = any ($1)`;

// Weights: A what names the thing, B all else that it says, C what happened to it.
const PUT = `
  insert into search_documents as d (stream_id, category, version, title, body, fields, event_types, lexemes)
  select stream_id, category, version, title, body, fields::jsonb, string_to_array(event_types, ' '),
         setweight(to_tsvector('simple', names), 'A') || setweight(to_tsvector('simple', words), 'B')
           || setweight(to_tsvector('simple', type_words), 'C')
  from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
    as n (stream_id, category, version, title, body, fields, event_types, names, words, type_words)
  on conflict (stream_id) do update set
    version = excluded.version, title = excluded.title, body = excluded.body, fields = excluded.fields,
    event_types = excluded.event_types, lexemes = excluded.lexemes
  where d.version < excluded.version
  returning 1`;

/** Documents in the table `search_documents`, written by `write`: in the transaction of a page, or each for itself. */
export function createPostgresSearchSink(write: Write): SearchSink {
  return {
    read: (streamIds) => write<SearchDocument>(READ, [streamIds]),
    async put(given) {
      const documents = newestOfEach(given);
      if (documents.length === 0) return 0;
      const texts = documents.map((document) => documentText(document.streamId, document.fields));
      const taken = await write(PUT, [
        documents.map((document) => document.streamId),
        documents.map((document) => document.category),
        documents.map((document) => document.version),
        texts.map((text) => text.title),
        texts.map((text) => text.body),
        documents.map((document) => JSON.stringify(document.fields)),
        documents.map((document) => document.eventTypes.join(' ')),
        texts.map((text) => text.names),
        texts.map((text) => withParts(text.body)),
        documents.map((document) => typeWords(document.eventTypes)),
      ]);
      return taken.length;
    },
  };
}

/** `OrderPlaced` as it is and in its words, so that `placed` finds it. */
function typeWords(eventTypes: readonly string[]): string {
  return eventTypes.map((type) => `${type} ${type.replace(/([a-z0-9])([A-Z])/g, '$1 $2')}`).join(' ');
}
