import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { connectDatabase } from '#db/client.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';

export type OrderRun = {
  appended: number;
  delivered: number;
  skipped: number;
  repeated: number;
  inverted: number;
  deadPositions: number;
  seconds: number;
};

/**
 * Writers in processes of their own append at full speed, some of them rolled back, some slow between position and
 * commit, while an unrelated transaction stays open; a subscriber that began before them and one that begins in the
 * middle must each get every event once, in order. The subscriber's view is compared with the table afterwards.
 */
export async function runOrder(options: {
  url: string;
  schema: string;
  processes: number;
  writers: number;
  appends: number;
}): Promise<OrderRun> {
  const { url, schema, processes, writers, appends } = options;
  const database = connectDatabase({
    url,
    schema,
    applicationName: 'order-reader',
    connectionsMax: 6,
    deadlineMs: 60_000,
  });
  const store = createPostgresEventStore(database);
  const startedAt = performance.now();
  const whole = createFollower();
  const late = createFollower();
  const first = store.subscribe({ onEvents: whole.take });

  // Unrelated to any append, open for the whole run: it must hold nobody. Postgres would end it after 30 s idle.
  let release = () => {};
  const unrelated = database.transaction(
    async (query) => {
      await query('set local idle_in_transaction_session_timeout = 0');
      await query('select pg_current_xact_id()');
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    },
    { deadlineMs: 600_000 },
  );

  const script = fileURLToPath(new URL('./order-writer.ts', import.meta.url));
  const share = Math.ceil(appends / processes);
  const ended = Array.from({ length: processes }, (_, index) => {
    const child = fork(script, [url, schema, String(writers), String(share), String(index)], {
      execArgv: ['--import', './bin/typescript.mjs'],
    });
    return new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a writer ended with ${code}`))));
    });
  });
  await whole.reached(Math.floor(appends / 4));
  const second = store.subscribe({ onEvents: late.take });
  await Promise.all(ended);
  release();
  await unrelated;

  const { position: mark } = await store.highWaterMark();
  await Promise.all([whole.passed(mark), late.passed(mark)]);
  await Promise.all([first.stop(), second.stop()]);
  const rows = await database.query<{ position: Position }>(
    'select global_position as position from events order by 1',
  );
  const stored = rows.map((row) => row.position);
  const seconds = (performance.now() - startedAt) / 1000;
  const verdicts = [whole, late].map((follower) => follower.compareWith(stored));
  await store.close();
  await database.close();
  const sum = (pick: (verdict: (typeof verdicts)[number]) => number) =>
    verdicts.reduce((total, one) => total + pick(one), 0);
  return {
    appended: stored.length,
    delivered: whole.count(),
    skipped: sum((one) => one.skipped),
    repeated: sum((one) => one.repeated),
    inverted: sum((one) => one.inverted),
    deadPositions: Number(mark) - stored.length,
    seconds,
  };
}

type Taken = { globalPosition: Position; streamId: string; streamVersion: number };

function createFollower() {
  const positions: Position[] = [];
  const versions = new Map<string, number>();
  let inverted = 0;
  let upTo = '0' as Position;
  let onTaken = () => {};
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => condition() && resolve();
      const before = onTaken;
      onTaken = () => {
        before();
        look();
      };
      look();
    });
  return {
    take(events: readonly Taken[], to: Position) {
      for (const { globalPosition, streamId, streamVersion } of events) {
        const last = positions.at(-1);
        if (last !== undefined && comparePositions(globalPosition, last) <= 0) inverted += 1;
        if ((versions.get(streamId) ?? 0) + 1 !== streamVersion) inverted += 1;
        versions.set(streamId, streamVersion);
        positions.push(globalPosition);
      }
      upTo = to;
      onTaken();
    },
    reached: (count: number) => until(() => positions.length >= count),
    passed: (position: Position) => until(() => comparePositions(upTo, position) >= 0),
    count: () => positions.length,
    compareWith(stored: readonly Position[]) {
      const seen = new Set(positions);
      return {
        skipped: stored.filter((position) => !seen.has(position)).length,
        repeated: positions.length - seen.size,
        inverted,
      };
    },
  };
}
