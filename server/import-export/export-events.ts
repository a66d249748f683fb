import type { EventStore } from '#server/event-store/event-store.ts';
import { type Position, START } from '#server/kernel/position.ts';
import { toCloudEvent } from './cloud-event.ts';

/** Lines of CloudEvents in global order, up to the high-water mark as each page finds it. */
export async function* exportEvents(
  eventStore: EventStore,
  { category, after = START }: { category?: string; after?: Position },
): AsyncGenerator<string> {
  let next: Position | null = after;
  while (next !== null) {
    const page = await eventStore.readAll({ after: next, limit: 2000, ...(category && { categories: [category] }) });
    for (const event of page.events) yield `${JSON.stringify(toCloudEvent(event))}\n`;
    next = page.nextAfter;
  }
}
