import { setTimeout as pause } from 'node:timers/promises';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { migrate } from '#db/migrate.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { NewEvent, RecordedEvent } from '#server/kernel/event.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { createOperations } from '#server/projections/engine/create-operations.ts';
import { type EngineOptions, startProjectionEngine } from '#server/projections/engine/engine.ts';
import type { ParkedGroup } from '#server/projections/operations.ts';
import { journalProjection } from '#testing/journal.ts';
import type { Figure, Special } from './measurement.ts';
import { median, quantile, round, single } from './statistics.ts';

const KINDS = 5;
const WRITERS = 8;

/** Below what two cores can do, so that lag tells of the projection and not of a queue. */
const EVENTS_PER_SECOND = 2000;

type Store = { database: Database; eventStore: EventStore; parts: EngineOptions };

/**
 * 50,000 events, 1,000 of them poison of five kinds, beside as many without, in turns: what is parked, how other streams
 * fare beside it, and the way out. Each has a store and an engine of its own; what is parked stays so from turn to turn.
 */
export const poison: Special = {
  kind: 'special',
  title: 'Poison events parked, other streams beside them, and retried when the handler is mended',
  async run(url, { quick, progress }) {
    let mended = false;
    const clean = await open(url, 'clean', () => {});
    const mixed = await open(url, 'mixed', (event) => {
      if (!mended) fail(event);
    });
    const rounds = quick ? 2 : 5;
    const events = (quick ? 5_000 : 50_000) / rounds;
    const lags: Record<'clean' | 'mixed', number[][]> = { clean: [], mixed: [] };
    for (let round = 0; round < rounds; round += 1) {
      progress(`round ${round + 1} of ${rounds}`);
      lags.clean.push(await turn(clean, { events, every: 0, round }));
      lags.mixed.push(await turn(mixed, { events, every: 50, round }));
    }
    const operations = createOperations(mixed.parts);
    const { groups } = await operations.parkedGroups({});
    const engine = await startProjectionEngine(mixed.parts);
    mended = true;
    const startedAt = performance.now();
    await operations.retryParked({ projection: 'journal', actor: 'bench', reason: 'mended' });
    await until(async () => (await operations.parkedGroups({})).total === 0);
    const retrySeconds = (performance.now() - startedAt) / 1000;
    await engine.stop();
    const wrong = await mixed.database.query(
      `select 1 from (select stream_version, row_number() over (partition by stream_id order by turn) as place from journal) t
       where stream_version <> place`,
    );
    const [missing] = await mixed.database.query<{ n: string }>(
      `select count(*) as n from events e left join journal j on j.position = e.global_position
       where e.stream_id like 'seen-%' and j.position is null`,
    );
    for (const { eventStore, database } of [clean, mixed]) {
      await eventStore.close();
      await database.close();
    }
    const sum = (pick: (group: ParkedGroup) => number) => groups.reduce((total, group) => total + pick(group), 0);
    const lag = (of: 'clean' | 'mixed', share: number) => lags[of].map((round) => quantile(round, share));
    const p99Ratios = lag('mixed', 0.99).map((value, round) => value / (lag('clean', 0.99)[round] ?? Number.NaN));
    return {
      rounds,
      figures: {
        parked: single(
          sum((group) => group.events),
          'events',
        ),
        groups: single(groups.length, ''),
        waiting: single(
          sum((group) => group.waiting),
          'events',
        ),
        cleanLagP50Ms: several(lag('clean', 0.5), 'ms'),
        cleanLagP99Ms: several(lag('clean', 0.99), 'ms'),
        poisonLagP50Ms: several(lag('mixed', 0.5), 'ms'),
        poisonLagP99Ms: several(lag('mixed', 0.99), 'ms'),
        p99PoisonToClean: several(p99Ratios, ''),
        retryAllSeconds: single(retrySeconds, 's'),
        rowsOutOfOrder: single(wrong.length, ''),
        rowsMissing: single(Number(missing?.n), ''),
      },
    };
  },
};

async function open(url: string, schema: string, behave: (event: RecordedEvent) => void): Promise<Store> {
  const database = connectDatabase({ url, schema, applicationName: 'bench', connectionsMax: 16 });
  await migrate(database);
  const eventStore = createPostgresEventStore(database);
  const projections = [journalProjection({ onFailure: 'park', behave })];
  return { database, eventStore, parts: { database, eventStore, projections } };
}

/** One turn of a store, with its engine running for that time only. */
async function turn(store: Store, load: { events: number; every: number; round: number }): Promise<number[]> {
  const engine = await startProjectionEngine(store.parts);
  const lags = await append(store, load);
  await engine.stop();
  return lags;
}

function several(values: readonly number[], unit: string): Figure {
  const of = { median: median(values), min: Math.min(...values), max: Math.max(...values) };
  return { unit, median: round(of.median), min: round(of.min), max: round(of.max) };
}

function fail({ data, globalPosition, streamId, streamVersion, eventId }: RecordedEvent): void {
  if (data.poison === 0) throw new TypeError(`no total in "${streamId}"`);
  if (data.poison === 1) throw new RangeError(`the amount of ${eventId} is out of range`);
  if (data.poison === 2) throw new Error(`can't read ${globalPosition}`);
  if (data.poison === 3) throw new Error(`version ${streamVersion} is unknown`);
  if (data.poison === 4) throw new SyntaxError('the currency is missing');
}

/** Appends at a steady pace and tells the lag of streams without poison: from append to row, a probe every 20 ms. */
async function append(
  { database, eventStore }: Store,
  /** `every`: one in so many is poison; 0 for none. */
  { events, every, round }: { events: number; every: number; round: number },
): Promise<number[]> {
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
      const streamId = parseStreamId(bad ? `seen-bad-${round}-${turn}` : `seen-${turn % 2000}`);
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
        streamId: parseStreamId(`seen-probe`),
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
