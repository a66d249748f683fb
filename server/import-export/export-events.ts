import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { type Position, START } from '#server/kernel/position.ts';
import { toCloudEvent } from './cloud-event.ts';

/** Lines of CloudEvents in global order, up to the high-water mark as each page finds it. */
export async function* exportEvents(
  eventStore: EventStore,
  {
    category,
    after = START,
    shown = async (events) => events,
  }: {
    category?: string;
    after?: Position;
    /** Events as who exports them may see them; where it is missing as they are kept. */
    shown?(events: RecordedEvent[]): Promise<RecordedEvent[]>;
  },
): AsyncGenerator<string> {
  let next: Position | null = after;
  while (next !== null) {
    const page = await eventStore.readAll({ after: next, limit: 2000, ...(category && { categories: [category] }) });
    for (const event of await shown(page.events)) yield `${JSON.stringify(toCloudEvent(event))}\n`;
    next = page.nextAfter;
  }
}
