import { connectDatabase } from '#db/client.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';

/** One of the processes of `order-run.ts`: appends, rollbacks and slow transactions, mixed by a fixed sequence. */
const [url = '', schema = '', writers = '8', appends = '1000', index = '0'] = process.argv.slice(2);
const database = connectDatabase({
  url,
  schema,
  applicationName: 'order-writer',
  connectionsMax: Number(writers),
  deadlineMs: 60_000,
});
const store = createPostgresEventStore(database);
const each = Math.ceil(Number(appends) / Number(writers));

/** In one transaction, as the append function does it, then a pause, then a commit or a rollback. */
async function slowAppend(stream: string, id: string, rollBack: boolean): Promise<void> {
  const give = 'select append_event($1, $2, -1, $3, $4, 1::smallint, $5, $6, null)';
  const outcome = database.transaction(async (query) => {
    await query(give, [stream, 'slow', id, 'Slow', '{}', '{}']);
    await query('select pg_sleep($1)', [rollBack ? 0.002 : 0.02]);
    if (rollBack) throw new Error('rolled back on purpose');
  });
  if (rollBack) await outcome.catch(() => {});
  else await outcome;
}

/** Every other process appends behind versions that its writers know, because that takes functions of its own. */
async function write(writer: number): Promise<void> {
  let own = 0;
  for (let turn = 0; turn < each; turn += 1) {
    const dice = (writer * 7919 + turn * 104_729) % 100;
    if (dice < 30) await slowAppend(`slow-${index}-${writer}`, crypto.randomUUID(), true);
    if (dice < 2) await slowAppend(`slow-${index}-${writer}`, crypto.randomUUID(), false);
    const events = [{ eventType: 'Ran', data: { turn } }];
    if (Number(index) % 2 === 0) {
      await store.append({ streamId: parseStreamId(`own-${index}-${writer}`), expectedVersion: own, events });
      own += 1;
    } else {
      const stream = `run${dice % 5}-${index}-${(writer * 31 + turn) % 40}`;
      await store.append({ streamId: parseStreamId(stream), expectedVersion: 'any', events });
    }
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
await store.close();
await database.close();
