// Castore: @castore/event-storage-adapter-postgres 2.4, on postgres.js, with its own table and indexes.
// Its pool is postgres.js's 10 connections, which pipelines what waits, and the adapter has no option for more.
// One event is `pushEvent`, several are one `pushEventGroup`; the caller gives the version, the table refuses a second.
// It has no global order and no subscriptions (an application publishes to a bus of its own), so it has no catch-up.
import { eventAlreadyExistsErrorCode } from '@castore/core';
import { PostgresEventStorageAdapter } from '@castore/event-storage-adapter-postgres';
import { runSql } from './run-sql.mjs';

export async function setup(url) {
  await PostgresEventStorageAdapter.createEventTable({
    connectionString: url,
    tableName: 'event',
    aggregateId: { type: 'VARCHAR', length: 64 },
  });
}

export async function connect(url) {
  const adapter = new PostgresEventStorageAdapter({ connectionString: url, tableName: 'event' });
  const storeOf = (streamId) => ({ eventStoreId: streamId.slice(0, streamId.indexOf('-')) });
  return {
    async append(streamId, events, expectedVersion) {
      const context = storeOf(streamId);
      const details = events.map(({ type, data, metadata }, index) => ({
        aggregateId: streamId,
        version: expectedVersion + index + 1,
        type,
        payload: data,
        metadata,
      }));
      if (details.length === 1) return adapter.pushEvent(details[0], context);
      const grouped = details.map((detail) => Object.assign(adapter.groupEvent(detail), { context }));
      return adapter.pushEventGroup({}, ...grouped);
    },
    isConflict: (error) => error?.code === eventAlreadyExistsErrorCode,
    async readStream(streamId, onData) {
      const { events } = await adapter.getEvents(streamId, storeOf(streamId));
      for (const { payload } of events) onData(payload);
    },
    seed: (plan) => seed(url, plan),
    // It has no way to close its pool; the connections end with the process.
    close: async () => {},
  };
}

async function seed(url, { prefix, streams, events, event }) {
  const json = [JSON.stringify(event.data), JSON.stringify(event.metadata)];
  await runSql(url, [
    `insert into event (aggregate_name, aggregate_id, version, type, data, metadata)
     select $1::text, $1::text || '-' || stream, version, $4::text, $5::text::jsonb, $6::text::jsonb
     from generate_series(1, $2::int) as stream, generate_series(1, $3::int) as version`,
    [prefix, streams, events, event.type, ...json],
  ]);
}
