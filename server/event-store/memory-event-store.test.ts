import { describeEventStore } from '#testing/event-store-contract.ts';
import { createMemoryEventStore } from './memory-event-store.ts';

describeEventStore('memory', async () => {
  const store = createMemoryEventStore();
  return { store, close: () => store.close() };
});
