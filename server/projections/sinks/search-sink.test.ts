import { searchSinkContract } from '#testing/search-sink-contract.ts';
import { createMemorySearchSink } from './memory-search-sink.ts';

searchSinkContract('memory', async () => ({ sink: createMemorySearchSink(), close: async () => {} }));
