import postgres from 'postgres';
import type { Contestant } from '#bench/contestant.ts';
import { LIMIT_TABLES } from '#bench/pgbench.ts';
import { vacuum } from './vacuum.ts';

/**
 * The limit of reading: the columns that our reader selects, from a table of the same columns and constraints, decoded
 * by postgres.js with its defaults, and nothing else. A stream is one statement; the whole store is pages of 2,000.
 */
const COLUMNS =
  'global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata, occurred_at, recorded_at';
const STREAM = `select ${COLUMNS} from limit_events where stream_id = $1 order by stream_version`;
const PAGE = `select ${COLUMNS} from limit_events where global_position > $1 order by global_position limit 2000`;

const SEED = `
  insert into limit_events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data,
    metadata, occurred_at, recorded_at)
  select nextval('limit_positions'), $1 || '-' || stream, version, $4, 1, uuidv7(), $5::text::jsonb, $6::text::jsonb, now(), now()
  from generate_series(1, $2::int) as stream, generate_series(1, $3::int) as version`;

type Row = { global_position: string; data: Record<string, unknown> };

export async function setup(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  await sql.unsafe(LIMIT_TABLES);
  await sql.end();
}

export async function connect(url: string): Promise<Contestant> {
  const sql = postgres(url, { max: 1 });
  const refuse = () => Promise.reject(new Error('the limit of reading only reads'));
  return {
    append: refuse,
    isConflict: () => false,
    async readStream(streamId, onData) {
      const rows = await sql.unsafe<Row[]>(STREAM, [streamId], { prepare: true });
      for (const { data } of rows) onData(data);
    },
    load(streamId, { snapshot, version }) {
      if (snapshot || version !== undefined) return undefined;
      return sql.unsafe<Row[]>(STREAM, [streamId], { prepare: true }).then((rows) => rows.length);
    },
    async seed({ prefix, streams, events, event }) {
      const { type, data, metadata } = event;
      const json = [JSON.stringify(data), JSON.stringify(metadata)];
      await sql.unsafe(SEED, [prefix, streams, events, type, ...json], { prepare: true });
      await vacuum(url);
    },
    async catchUp(onEvents, signal) {
      let after = '0';
      while (!signal.aborted) {
        const rows = await sql.unsafe<Row[]>(PAGE, [after], { prepare: true });
        const last = rows.at(-1);
        if (last === undefined) return;
        onEvents(rows.length);
        after = last.global_position;
      }
    },
    close: () => sql.end(),
  };
}
