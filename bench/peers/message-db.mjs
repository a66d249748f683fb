// message-db: the SQL of @eventide/message-db 1.3, as its install.sh puts it in (without the role and its grants),
// called through pg with prepared statements from a pool of 32 connections.
// Several events are one statement that calls write_message for each, so one round trip and one transaction.
// Data comes back as text, as its functions give it, and is parsed here, as its clients do.
// It orders within a category by a lock that one writer holds at a time, so streams are spread over 16 categories.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { runSql } from './run-sql.mjs';

const CONNECTIONS = Number(process.env.BENCH_MESSAGE_DB_CONNECTIONS ?? 32);
const CATCH_UP_BATCH = Number(process.env.BENCH_MESSAGE_DB_BATCH ?? 10_000);

/** What the Eventide consumers wait between polls. */
const POLL_MS = 100;

const FILES = [
  'schema/message-store',
  'tables/messages',
  'types/message',
  ...['message-store-version', 'hash-64', 'acquire-lock', 'category', 'is-category', 'id', 'cardinal-id'].map(
    (name) => `functions/${name}`,
  ),
  ...['stream-version', 'write-message', 'get-stream-messages', 'get-category-messages'].map(
    (name) => `functions/${name}`,
  ),
  'functions/get-last-stream-message',
  'indexes/messages-id',
  'indexes/messages-stream',
  'indexes/messages-category',
];

export async function setup(url) {
  const root = dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json'));
  const texts = FILES.map((file) => readFileSync(join(root, 'database', `${file}.sql`), 'utf8'));
  const database = new URL(url).pathname.slice(1);
  await runSql(
    url,
    [`alter database ${database} set search_path = message_store, public`],
    ['set search_path = message_store, public'],
    ...texts.map((text) => [text]),
  );
}

const WRITE = {
  name: 'write',
  text: 'select write_message($1::varchar, $2::varchar, $3::varchar, $4::jsonb, $5::jsonb, $6::bigint)',
};
const WRITE_MANY = {
  name: 'write-many',
  text: `select write_message(m.id, $2::varchar, m.type, m.data, m.metadata, $6::bigint + m.nth - 1)
         from unnest($1::varchar[], $3::varchar[], $4::jsonb[], $5::jsonb[]) with ordinality
           as m (id, type, data, metadata, nth)`,
};
const READ = { name: 'read', text: 'select * from get_stream_messages($1::varchar, 0, -1)' };
const READ_CATEGORY = {
  name: 'read-category',
  text: 'select * from get_category_messages($1::varchar, $2::bigint, $3::bigint)',
};

export async function connect(url) {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  const readCategory = async (category, position, size) => {
    const { rows } = await pool.query({ ...READ_CATEGORY, values: [category, position, size] });
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data), metadata: JSON.parse(row.metadata) }));
  };
  return {
    async append(streamId, events, expectedVersion) {
      // The version of a stream is the position of its last message, from 0; -1 is a stream that does not exist.
      const expected = expectedVersion - 1;
      const [first] = events;
      const json = ({ data, metadata }) => [JSON.stringify(data), JSON.stringify(metadata)];
      if (events.length === 1) {
        await pool.query({ ...WRITE, values: [randomUUID(), streamId, first.type, ...json(first), expected] });
        return;
      }
      const columns = events.map(json);
      await pool.query({
        ...WRITE_MANY,
        values: [
          events.map(() => randomUUID()),
          streamId,
          events.map(({ type }) => type),
          columns.map(([data]) => data),
          columns.map(([, metadata]) => metadata),
          expected,
        ],
      });
    },
    isConflict: (error) => /^Wrong expected version/.test(error?.message ?? ''),
    async readStream(streamId, onData) {
      const { rows } = await pool.query({ ...READ, values: [streamId] });
      for (const row of rows) {
        row.data = JSON.parse(row.data);
        row.metadata = JSON.parse(row.metadata);
        onData(row.data);
      }
    },
    seed: (plan) => seed(url, plan),
    // By category, because it has no way to read the whole store.
    async catchUp(onEvents, signal) {
      for (let position = 1; !signal.aborted; ) {
        const messages = await readCategory('seed', position, CATCH_UP_BATCH);
        if (messages.length === 0) return;
        onEvents(messages.length);
        position = Number(messages.at(-1).global_position) + 1;
      }
    },
    async subscribe(onData) {
      const ending = new AbortController();
      const { rows } = await pool.query('select coalesce(max(global_position), 0) as head from messages');
      let position = Number(rows[0].head) + 1;
      const ended = (async () => {
        while (!ending.signal.aborted) {
          const messages = await readCategory('latency', position, 1000);
          for (const { data } of messages) onData(data);
          if (messages.length > 0) position = Number(messages.at(-1).global_position) + 1;
          else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        }
      })();
      return {
        async stop() {
          ending.abort();
          await ended;
        },
      };
    },
    close: () => pool.end(),
  };
}

async function seed(url, { prefix, streams, events, event }) {
  const json = [JSON.stringify(event.data), JSON.stringify(event.metadata)];
  await runSql(url, [
    `insert into messages (stream_name, position, type, data, metadata)
     select $1::text || '-' || stream, version - 1, $4::text, $5::text::jsonb, $6::text::jsonb
     from generate_series(1, $2::int) as stream, generate_series(1, $3::int) as version`,
    [prefix, streams, events, event.type, ...json],
  ]);
}
