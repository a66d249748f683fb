import { setTimeout as pause } from 'node:timers/promises';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { migrate } from '#db/migrate.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { NewEvent, RecordedEvent } from '#server/kernel/event.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createOperations } from '#server/projections/engine/create-operations.ts';
import { startProjectionEngine } from '#server/projections/engine/engine.ts';
import { journalProjection } from '#testing/journal.ts';
import type { Special } from './measurement.ts';
import { quantile, single } from './statistics.ts';

const SCHEMA = 'tidemark';
const KINDS = 5;
const WRITERS = 8;

/** Below what two cores can do, so that lag tells of the projection and not of a queue. */
const EVENTS_PER_SECOND = 2000;

/** 50,000 events, 1,000 of them poison of five kinds: what is parked, how other streams fare, and the way out. */
export const poison: Special = {
  kind: 'special',
  title: 'Poison events parked, other streams beside them, and retried when the handler is mended',
  async run(url, { quick, progress }) {
    const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench', connectionsMax: 16 });
    await migrate(database);
    const eventStore = createPostgresEventStore(database);
    let mended = false;
    const projection = journalProjection({
      onFailure: 'park',
      behave: (event) => {
        if (!mended) fail(event);
      },
    });
    const parts = { database, eventStore, projections: [projection] };
    const engine = await startProjectionEngine(parts);
    const operations = createOperations(parts);
    const events = quick ? 5_000 : 50_000;
    progress('events without poison');
    const clean = await run({ database, eventStore, events, every: 0, prefix: 'clean' });
    progress('events with poison');
    const mixed = await run({ database, eventStore, events, every: 50, prefix: 'mixed' });
    const parked = await operations.parkedGroups({});
    mended = true;
    const startedAt = performance.now();
    await operations.retryParked({ projection: 'journal', actor: 'bench', reason: 'mended' });
    await until(async () => (await operations.parkedGroups({})).total === 0);
    const retrySeconds = (performance.now() - startedAt) / 1000;
    const wrong = await database.query(
      `select 1 from (select stream_version, row_number() over (partition by stream_id order by turn) as place from journal) t
       where stream_version <> place`,
    );
    const [missing] = await database.query<{ n: string }>(
      `select count(*) as n from events e left join journal j on j.position = e.global_position
       where e.stream_id like 'seen-%' and j.position is null`,
    );
    await engine.stop();
    await eventStore.close();
    await database.close();
    return {
      rounds: 1,
      figures: {
        parked: single(
          parked.groups.reduce((sum, group) => sum + group.events, 0),
          'events',
        ),
        groups: single(parked.groups.length, ''),
        waiting: single(
          parked.groups.reduce((sum, group) => sum + group.waiting, 0),
          'events',
        ),
        cleanLagP50Ms: single(quantile(clean, 0.5), 'ms'),
        cleanLagP99Ms: single(quantile(clean, 0.99), 'ms'),
        poisonLagP50Ms: single(quantile(mixed, 0.5), 'ms'),
        poisonLagP99Ms: single(quantile(mixed, 0.99), 'ms'),
        retryAllSeconds: single(retrySeconds, 's'),
        rowsOutOfOrder: single(wrong.length, ''),
        rowsMissing: single(Number(missing?.n), ''),
      },
    };
  },
};

function fail({ data, globalPosition, streamId, streamVersion, eventId }: RecordedEvent): void {
  if (data.poison === 0) throw new TypeError(`no total in "${streamId}"`);
  if (data.poison === 1) throw new RangeError(`the amount of ${eventId} is out of range`);
  if (data.poison === 2) throw new Error(`can't read ${globalPosition}`);
  if (data.poison === 3) throw new Error(`version ${streamVersion} is unknown`);
  if (data.poison === 4) throw new SyntaxError('the currency is missing');
}

/** Appends at a steady pace and tells the lag of streams without poison: from append to row, a probe every 20 ms. */
async function run(options: {
  database: Database;
  eventStore: EventStore;
  events: number;
  /** One in so many is poison; 0 for none. */
  every: number;
  prefix: string;
}): Promise<number[]> {
  const { database, eventStore, events, every, prefix } = options;
  let next = 0;
  let poisons = 0;
  let writing = true;
  const beganAt = performance.now();
  const write = async () => {
    while (next < events) {
      const turn = next;
      next += 1;
      await pause(Math.max(0, (turn * 1000) / EVENTS_PER_SECOND - (performance.now() - beganAt)));
      const bad = every > 0 && turn % every === every - 1;
      const streamId = parseStreamId(bad ? `seen-${prefix}-bad-${turn}` : `seen-${prefix}-${turn % 2000}`);
      const event: NewEvent = { eventType: 'Seen', data: bad ? { poison: poisons % KINDS } : { turn } };
      if (bad) poisons += 1;
      await eventStore.append({ streamId, expectedVersion: 'any', events: [event] });
    }
  };
  const lags: number[] = [];
  const probe = (async () => {
    while (writing) {
      const startedAt = performance.now();
      const { globalPosition } = await eventStore.append({
        streamId: parseStreamId(`seen-${prefix}-probe`),
        expectedVersion: 'any',
        events: [{ eventType: 'Seen', data: {} }],
      });
      await until(
        async () => (await database.query('select 1 from journal where position = $1', [globalPosition])).length > 0,
      );
      lags.push(performance.now() - startedAt);
      await pause(20);
    }
  })();
  await Promise.all(Array.from({ length: WRITERS }, write));
  writing = false;
  await probe;
  return lags;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(2);
}
