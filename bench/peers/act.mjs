// Act: @rotorsoft/act-pg 0.4 on @rotorsoft/act 0.5, its store as its `seed` makes it, a pool of 32 connections.
// Its versions count from 0, so a stream of n events is at n - 1. It sends a NOTIFY with every commit.
// Its parser looks for dates in every string of an event; there is no option against it.
// It has no subscription: reactions run in the process that acts, so it has no latency figure.
import { ConcurrencyError, SNAP_EVENT } from '@rotorsoft/act';
import { PostgresStore } from '@rotorsoft/act-pg';
import { runSql } from './run-sql.mjs';

const CONNECTIONS = Number(process.env.BENCH_ACT_CONNECTIONS ?? 32);
const CATCH_UP_BATCH = Number(process.env.BENCH_ACT_BATCH ?? 10_000);
const UNIQUE_VIOLATION = '23505';

const open = (url) => {
  const { hostname: host, port, pathname, username: user, password } = new URL(url);
  return new PostgresStore({ host, port: Number(port), database: pathname.slice(1), user, password, max: CONNECTIONS });
};

export async function setup(url) {
  const store = open(url);
  await store.seed();
  await store.dispose();
}

export async function connect(url) {
  const store = open(url);
  return {
    async append(streamId, events, expectedVersion) {
      const messages = events.map(({ type, data }) => ({ name: type, data }));
      await store.commit(streamId, messages, meta(events[0]), expectedVersion - 1);
    },
    isConflict: (error) => error instanceof ConcurrencyError || error?.code === UNIQUE_VIOLATION,
    async readStream(streamId, onData) {
      await store.query(({ data }) => onData(data), { stream: streamId });
    },
    seed: (plan) => seed(url, plan),
    // Its way of loading: from the last snapshot event on. Ours is its best case: it stands at the very end.
    load(streamId, { snapshot, version }) {
      if (version !== undefined) return undefined;
      return loadCount(store, streamId, snapshot);
    },
    async catchUp(onEvents, signal) {
      for (let after = -1; !signal.aborted; ) {
        const count = await store.query(
          ({ id }) => {
            after = id;
          },
          { after, limit: CATCH_UP_BATCH },
        );
        if (count === 0) return;
        onEvents(count);
      }
    },
    close: () => store.dispose(),
  };
}

const snapped = new Set();

async function loadCount(store, stream, snapshot) {
  if (snapshot && !snapped.has(stream)) {
    snapped.add(stream);
    const count = await loadCount(store, stream, false);
    await store.commit(stream, [{ name: SNAP_EVENT, data: { count } }], { correlation: stream, causation: {} });
  }
  let count = 0;
  await store.query(
    ({ name, data }) => {
      count = name === SNAP_EVENT ? data.count : count + 1;
    },
    { stream },
    snapshot,
  );
  return count;
}

const meta = ({ metadata }) => ({ correlation: metadata.correlationId, causation: {} });

async function seed(url, { prefix, streams, events, event }) {
  await runSql(url, [
    `insert into events (name, data, stream, version, meta)
     select $4::text, $5::text::jsonb, $1 || '-' || stream, version - 1, $6::text::jsonb
     from generate_series(1, $2::int) as stream, generate_series(1, $3::int) as version`,
    [prefix, streams, events, event.type, JSON.stringify(event.data), JSON.stringify(meta(event))],
  ]);
}
