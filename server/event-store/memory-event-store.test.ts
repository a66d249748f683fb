import { describeEventStore } from '#testing/event-store-contract.ts';
import { describeFolds } from '#testing/fold-contract.ts';
import { createMemoryEventStore } from './memory-event-store.ts';

for (const describeContract of [describeEventStore, describeFolds]) {
  describeContract('memory', async () => {
    const store = createMemoryEventStore();
    return { store, close: () => store.close() };
  });
}
