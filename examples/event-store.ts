import postgres from 'postgres';
import { connectEventStore } from '#server/event-store/index.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { START } from '#server/kernel/position.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';

// What docs/event-store.md shows, as one program:
// node --import ./bin/typescript.mjs examples/event-store.ts postgres://…

/** Plays a shelf of one article on an empty database, and gives back what it saw. */
export async function keepShelf(url: string) {
  const store = await connectEventStore({
    url,
    schema: 'tidemark',
    upcasters: [
      {
        category: 'shelf',
        eventType: 'GoodsArrived',
        fromVersion: 1,
        upcast: ({ pieces, ...rest }) => ({ ...rest, quantity: pieces ?? 0 }),
      },
    ],
  });

  const shelf = parseStreamId('shelf-mugs');
  const opened = await store.append({
    streamId: shelf,
    expectedVersion: 'no_stream',
    events: [
      { eventType: 'ShelfOpened', data: { article: 'mug' } },
      { eventType: 'GoodsArrived', schemaVersion: 1, data: { pieces: 12 } },
    ],
  });
  console.log(opened.streamVersion, opened.positions);

  try {
    const late = { eventType: 'GoodsTaken', data: { quantity: 1 } };
    await store.append({ streamId: shelf, expectedVersion: 1, events: [late] });
  } catch (error) {
    if (!isTidemarkError(error, 'expected-version-conflict')) throw error;
    console.log('somebody was faster: it is at', error.details.actualVersion);
  }

  const taken = { eventId: crypto.randomUUID(), eventType: 'GoodsTaken', data: { quantity: 2 } };
  const once = await store.append({ streamId: shelf, expectedVersion: 2, events: [taken] });
  const twice = await store.append({ streamId: shelf, expectedVersion: 2, events: [taken] });
  console.log(twice.duplicate, twice.globalPosition === once.globalPosition);

  const events = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await store.readStream(shelf, { after, limit: 2 });
    events.push(...page.events);
    after = page.nextAfter;
  }
  console.log(events.map(({ eventType, data }) => [eventType, data]));

  const stock = {
    name: 'stock',
    version: 1,
    initialState: { quantity: 0 },
    snapshots: { everyEvents: 100 },
    evolve(state: { quantity: number }, { eventType, data }: { eventType: string; data: { quantity?: number } }) {
      const { quantity = 0 } = data;
      return { quantity: state.quantity + (eventType === 'GoodsTaken' ? -quantity : quantity) };
    },
  };
  const now = await store.foldStream(shelf, stock);
  const before = await store.foldStream(shelf, stock, { version: 2 });
  console.log(now.state, before.state);

  const sql = postgres(url, { max: 1 });
  await sql`create table if not exists invoices (number int primary key, shelf text)`;
  await sql.begin(async (own) => {
    await own`insert into invoices values (7, ${shelf})`;
    await store.appendWithin((text, values) => own.unsafe(text, values as never[]), {
      streamId: shelf,
      expectedVersion: 3,
      events: [{ eventType: 'GoodsTaken', data: { quantity: 1, invoice: 7 } }],
    });
  });
  await sql.end();

  const seen: string[] = [];
  const subscription = store.subscribe({
    after: START,
    categories: ['shelf'],
    async onEvents(page, upTo) {
      for (const { eventType } of page) seen.push(eventType);
      console.log('up to', upTo);
      if (seen.length === 4) void subscription.stop();
    },
  });
  await subscription.done;

  const last = await store.foldStream(shelf, stock);
  await store.close();
  return { opened, once, twice, events, before: before.state, now: now.state, last: last.state, seen };
}

const [, program, url] = process.argv;
if (url !== undefined && program?.endsWith('event-store.ts')) await keepShelf(url);
