import type { Query } from '#db/database.ts';
import type { Side } from '#server/compare/report.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import { rowAt } from '#server/projections/engine/replay.ts';
import { schemaOf } from '#server/projections/engine/version-schema.ts';

/** Both codes with empty tables of their own, in a transaction that is rolled back. */
export type Sandbox = {
  /** Applies events as one page to one side; false where the code throws. */
  apply(side: Side, events: readonly RecordedEvent[]): Promise<boolean>;
  row(side: Side, key: string): Promise<JsonObject | null>;
  /** A digest of every table of a side but the one of the rows. */
  others(side: Side): Promise<string>;
  /** Does `work` and takes back what it wrote. */
  undone<Result>(work: () => Promise<Result>): Promise<Result>;
};

/** No version has this number: nobody else sees these schemas. */
const NO_VERSION = 0;

/** Makes the tables of both codes once more. The transaction must be rolled back by the caller. */
export async function openSandbox(
  query: Query,
  store: string,
  codes: Record<Side, { projection: Projection; table: string; key: string }>,
): Promise<Sandbox> {
  const schema = (side: Side) => `${schemaOf(store, codes[side].projection.name, NO_VERSION)}_${side}`;
  const enter = (side: Side) =>
    query(`select set_config('search_path', $1, true)`, [`"${schema(side)}", "${store}", public`]);
  for (const side of ['a', 'b'] as const) {
    await query(`create schema "${schema(side)}"`);
    await enter(side);
    for (const statement of codes[side].projection.tables ?? []) await query(statement);
  }
  let depth = 0;
  return {
    async apply(side, events) {
      if (events.length === 0) return true;
      await enter(side);
      await query('savepoint applying');
      try {
        await codes[side].projection.apply(events, query, { version: NO_VERSION, effects: false });
        await query('release savepoint applying');
        return true;
      } catch {
        await query('rollback to savepoint applying');
        return false;
      }
    },
    row: (side, key) => rowAt(query, `"${schema(side)}"."${codes[side].table}"`, codes[side].key, key),
    async others(side) {
      const tables = await query<{ table: string }>(
        `select relname as table from pg_class where relnamespace = $1::regnamespace and relkind = 'r' and relname <> $2 order by 1`,
        [`"${schema(side)}"`, codes[side].table],
      );
      const digests: string[] = [];
      for (const { table } of tables) {
        const [row] = await query<{ digest: string | null }>(
          `select md5(string_agg(t::text, ',' order by t::text)) as digest from "${schema(side)}"."${table}" t`,
        );
        digests.push(`${table} ${row?.digest ?? ''}`);
      }
      return digests.join();
    },
    async undone(work) {
      depth += 1;
      const name = `undone_${depth}`;
      await query(`savepoint ${name}`);
      const result = await work();
      await query(`rollback to savepoint ${name}`);
      await query(`release savepoint ${name}`);
      depth -= 1;
      return result;
    },
  };
}

const EVENTS = `
  select e.global_position as "globalPosition", e.stream_id as "streamId", split_part(e.stream_id, '-', 1) as category,
    e.stream_version::float8 as "streamVersion", e.event_id as "eventId", e.event_type as "eventType",
    e.schema_version as "schemaVersion", e.data, e.metadata, e.occurred_at as "occurredAt", e.recorded_at as "recordedAt",
    f.key
  from (
    select k.key, o.* from unnest($1::text[]) k (key)
      cross join lateral (select * from events where stream_id = k.key and global_position <= $2 offset 0) o
    union all
    select o.data ->> l.field, o.* from unnest($3::text[]) l (field)
      join events o on o.data ->> l.field = any ($1) and o.global_position <= $2 and o.stream_id <> o.data ->> l.field
  ) e cross join lateral (select e.key) f (key)
  where $4::text[] is null or split_part(e.stream_id, '-', 1) = any ($4)
  order by e.global_position`;

/** Events that make the rows of some keys, in order: those of the stream, and of streams whose data name it. */
export async function eventsOfKeys(
  { query, upcast }: { query: Query; upcast: EventStore['upcast'] },
  {
    keys,
    upTo,
    linkedBy,
    categories,
  }: { keys: readonly string[]; upTo: Position; linkedBy: readonly string[]; categories: readonly string[] | null },
): Promise<Map<string, RecordedEvent[]>> {
  const rows = await query<RecordedEvent & { key: string }>(EVENTS, [keys, upTo, linkedBy, categories]);
  const byKey = new Map<string, RecordedEvent[]>(keys.map((key) => [key, []]));
  for (const { key, ...event } of rows) byKey.get(key)?.push(upcast(event));
  return byKey;
}
