import type { JsonObject } from '#server/kernel/json.ts';

/** One document a stream. `version` is the stream's. */
export type SearchDocument = {
  streamId: string;
  category: string;
  version: number;
  fields: JsonObject;
  eventTypes: string[];
};

/**
 * Where documents to search go. Every engine passes one contract suite (`testing/search-sink-contract.ts`). What orders
 * writes is the document's version, not their arrival, so a sink needs no transaction with the checkpoint: a page that is
 * put again, late, or by two at once leaves the newest.
 */
export type SearchSink = {
  /** The documents of these streams; an unknown one is left out. */
  read(streamIds: readonly string[]): Promise<SearchDocument[]>;
  /**
   * Puts documents; one that is not newer than what stands changes nothing. Of several of one stream the newest counts.
   * Resolves with how many were taken.
   */
  put(documents: readonly SearchDocument[]): Promise<number>;
};

/** The newest of each stream. */
export function newestOfEach(documents: readonly SearchDocument[]): SearchDocument[] {
  const newest = new Map<string, SearchDocument>();
  for (const document of documents) {
    const known = newest.get(document.streamId);
    if (known === undefined || known.version < document.version) newest.set(document.streamId, document);
  }
  return [...newest.values()];
}
