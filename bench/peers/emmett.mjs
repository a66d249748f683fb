// Emmett: @event-driven-io/emmett-postgresql 0.42.
// Given: a pool of 32 connections in place of pg's 10 (16 and 64 were slower or no faster), dumbo's plain JSON parser
// in place of the one that looks for bigints in every string (`:defaults` keeps that one, and pg's pool of 10), and the
// version of a new stream as 0n, because STREAM_DOES_NOT_EXIST is not checked by this version.
import { dumbo, setNodePostgresTypeParser, setNodePostgresTypeRawParser } from '@event-driven-io/dumbo';
import { CommandHandler, ExpectedVersionConflictError } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, postgreSQLEventStoreMessageBatchPuller } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { runSql } from './run-sql.mjs';

const CONNECTIONS = Number(process.env.BENCH_EMMETT_CONNECTIONS ?? 32);

/** Events of one pull of the whole store; 100 is the default. See docs/performance.md for the others that were tried. */
const CATCH_UP_BATCH = Number(process.env.BENCH_EMMETT_BATCH ?? 10_000);

/** Between the tries of a command that met another writer: tried without a wait, with 5 ms, and with 20 ms. */
const RETRY = { retries: 100_000, minTimeout: Number(process.env.BENCH_EMMETT_RETRY_MS ?? 0), factor: 1 };

export async function setup(url) {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  await store.close();
}

export async function connect(url, variant) {
  const defaults = variant === 'defaults';
  const pool = new pg.Pool({ connectionString: url, max: defaults ? 10 : CONNECTIONS });
  const connectionOptions = { pooled: true, pool };
  const store = getPostgreSQLEventStore(url, { connectionOptions, schema: { autoMigration: 'None' } });
  if (defaults) setNodePostgresTypeParser({ force: true });
  else setNodePostgresTypeRawParser({ force: true });

  return {
    async append(streamId, events, expectedVersion) {
      await store.appendToStream(streamId, events, { expectedStreamVersion: BigInt(expectedVersion) });
    },
    isConflict: (error) => error instanceof ExpectedVersionConflictError,
    async readStream(streamId, onData) {
      const { events } = await store.readStream(streamId);
      for (const { data } of events) onData(data);
    },
    seed: (plan) => seed(url, plan),

    // It has no snapshots in Postgres; a state as of a version reads up to that version.
    async load(streamId, { version }) {
      const read = version === undefined ? undefined : { to: BigInt(version) };
      const { state } = await store.aggregateStream(streamId, { ...COUNT, read });
      return state;
    },

    // Its own way of deciding. The default waits 100 ms and more between tries and gives up after three.
    async increment(streamId) {
      await increment(store, streamId, (count) => ({ type: 'Counted', data: { count } }));
    },

    // `defaults` is what the documentation shows: a consumer with a processor, 100 events a pull, 50 ms between pulls,
    // a checkpoint an event. The best is the batch puller below it, which is exported too: no checkpoint, no pause.
    catchUp(onEvents, signal) {
      if (!defaults) return pull({ pool, url, batchSize: CATCH_UP_BATCH, signal, onEvents });
      const counter = async () => onEvents(1);
      return consume(store, {
        eachMessage: counter,
        startFrom: 'BEGINNING',
        stopWhen: { noMessagesLeft: true },
        signal,
      });
    },

    // After an empty pull the consumer waits 100, 200, … 1000 ms whatever it is told; a pull that is full resets that,
    // so one event a pull with 1 ms between is as quick as it gets.
    async subscribe(onData) {
      const ending = new AbortController();
      const pulling = defaults ? undefined : { batchSize: 1, pullingFrequencyInMs: 1 };
      const eachMessage = async ({ data }) => onData(data);
      const ended = consume(store, { eachMessage, startFrom: 'END', pulling, signal: ending.signal });
      await new Promise((resolve) => setTimeout(resolve, 500));
      return {
        async stop() {
          ending.abort();
          await ended;
        },
      };
    },
    async close() {
      await store.close();
      await pool.end();
    },
  };
}

const COUNT = { evolve: (count) => count + 1, initialState: () => 0 };
const increment = CommandHandler({ ...COUNT, retry: { onVersionConflict: RETRY } });

let consumers = 0;

async function consume(store, { eachMessage, startFrom, stopWhen, pulling, signal }) {
  const consumer = store.consumer({ stopWhen, pulling });
  consumers += 1;
  consumer.reactor({ processorId: `bench-${process.pid}-${consumers}`, eachMessage, startFrom });
  const stop = () => consumer.stop();
  signal.addEventListener('abort', stop, { once: true });
  await consumer.start();
  await consumer.stop();
}

async function pull({ pool, url, batchSize, signal, onEvents }) {
  const { execute } = dumbo({ connectionString: url, pooled: true, pool });
  const puller = postgreSQLEventStoreMessageBatchPuller({
    executor: execute,
    batchSize,
    pullingFrequencyInMs: 0,
    stopWhen: { noMessagesLeft: true },
    signal,
    eachBatch: async (messages) => onEvents(messages.length),
  });
  await puller.start({ startFrom: 'BEGINNING' });
}

/** Rows as its own append writes them. */
async function seed(url, { prefix, streams, events, event }) {
  const json = [JSON.stringify(event.data), JSON.stringify(event.metadata)];
  await runSql(
    url,
    [
      `insert into emt_streams (stream_id, stream_position, partition, stream_type, stream_metadata)
       select $1::text || '-' || stream, $3::bigint, 'emt:default', $1::text, '{}' from generate_series(1, $2::int) as stream`,
      [prefix, streams, events],
    ],
    [
      `insert into emt_messages (stream_id, stream_position, partition, message_data, message_metadata,
         message_schema_version, message_type, message_kind, message_id, transaction_id)
       select $1::text || '-' || stream, version, 'emt:default', $5::text::jsonb, $6::text::jsonb, '1', $4::text, 'E',
         gen_random_uuid()::text, pg_current_xact_id()
       from generate_series(1, $2::int) as stream, generate_series(1, $3::int) as version`,
      [prefix, streams, events, event.type, ...json],
    ],
  );
}
