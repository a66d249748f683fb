import postgres from 'postgres';
import type { Contestant } from './contestant.ts';
import type { Comparison, Sample, TurnOptions } from './measurement.ts';
import { payloads } from './payload.ts';

const WRITERS = 16;
const APPEND_EVENTS = 2;
const STREAM_EVENTS = 10;

let turns = 0;

/** Bytes of all tables and indexes, divided by the events that were appended, after a vacuum. */
export const size: Comparison = {
  kind: 'comparison',
  title: 'Disk space: bytes an event, indexes included',
  unit: 'bytes',
  better: 'lower',
  rounds: 1,
  cases: ({ quick }) => {
    const events = quick ? 2000 : 40_000;
    return {
      'data-300-bytes': { events, bytes: 300 },
      'data-60-bytes': { events, bytes: 60 },
    };
  },
  contestants: ['tidemark', 'message-db', 'emmett', 'castore', 'act'],
  turn,
};

async function turn(contestant: Contestant, { url, parameters }: TurnOptions): Promise<Sample> {
  const { events = 0, bytes = 300 } = parameters;
  const before = await sizeOf(url);
  await fill(contestant, events, bytes);
  return { value: ((await sizeOf(url)) - before) / events };
}

/** By ordinary appends of two, so that indexes split as they do in use. */
async function fill(contestant: Contestant, events: number, bytes: number): Promise<void> {
  const pool = payloads(bytes);
  turns += 1;
  let next = 0;
  async function write(writer: number): Promise<void> {
    while (next < events / STREAM_EVENTS) {
      next += 1;
      const stream = `size${writer}-${process.pid.toString(36)}t${turns}s${next}`;
      for (let version = 0; version < STREAM_EVENTS; version += APPEND_EVENTS) {
        const some = Array.from({ length: APPEND_EVENTS }, (_, index) => pool[(version + index) % pool.length]);
        await contestant.append(
          stream,
          some.flatMap((event) => event ?? []),
          version,
        );
      }
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
}

async function sizeOf(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql`vacuum analyze`;
  const [row] = await sql<{ bytes: string }[]>`
    select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`;
  await sql.end();
  return Number(row?.bytes ?? 0);
}
