import { newestOfEach, type SearchDocument, type SearchSink } from './search-sink.ts';

/** Documents in memory, for tests and as the shortest reading of what a sink must do. */
export function createMemorySearchSink(): SearchSink {
  const documents = new Map<string, SearchDocument>();
  return {
    async read(streamIds) {
      return [...new Set(streamIds)].flatMap((streamId) => {
        const found = documents.get(streamId);
        return found === undefined ? [] : [structuredClone(found)];
      });
    },
    async put(given) {
      const newer = newestOfEach(given).filter(({ streamId, version }) => {
        return version > (documents.get(streamId)?.version ?? 0);
      });
      for (const document of newer) documents.set(document.streamId, structuredClone(document));
      return newer.length;
    },
  };
}
