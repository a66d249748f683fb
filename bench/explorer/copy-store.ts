import type { Sql } from 'postgres';
import { COPY_SHIFT_DAYS, type Store } from './stores.ts';

/** `$1`: the number of the copy, 0 the oldest; `$2`: copies in all; `$3`: events of one. */
const SHIFT = `(($2::int - 1 - $1::int) * ${COPY_SHIFT_DAYS}) * interval '1 day'`;
const OFFSET = `$1::bigint * $3::bigint`;
const SUFFIX = `'c' || $1::int`;
const copied = (id: string) => `overlay(${id} placing lpad(to_hex($1::int), 3, '0') from 16 for 3)`;

/** Of tables that have nothing yet in common with other copies. `base` and `to` are schemas. */
const ROWS: Record<string, (base: string, to: string) => string> = {
  events: (base, to) => `
    insert into ${to}.events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata,
                              occurred_at, recorded_at)
    select global_position + ${OFFSET}, stream_id || ${SUFFIX}, stream_version, event_type, schema_version,
           ${copied('event_id::text')}::uuid,
           case when data ? 'orderId' then data || jsonb_build_object('orderId', data->>'orderId' || ${SUFFIX}) else data end,
           metadata || jsonb_build_object('correlationId', ${copied("(metadata->>'correlationId')")},
             'causationId', ${copied("(metadata->>'causationId')")}, 'commandId', ${copied("(metadata->>'commandId')")}),
           occurred_at - ${SHIFT}, recorded_at - ${SHIFT}
    from ${base}.events where global_position <= $3 order by global_position`,
  streams: (base, to) => `
    insert into ${to}.streams (stream_id, category, version, first_at, last_at)
    select stream_id || ${SUFFIX}, category, version, first_at - ${SHIFT}, last_at - ${SHIFT} from ${base}.streams, (select $3::int) s
    order by stream_id`,
  orders: (base, to) => `
    insert into ${to}_orders_v1.orders
    select order_id || ${SUFFIX}, status, customer_id, total_amount, currency, stream_version, placed_at - ${SHIFT}, updated_at - ${SHIFT}
    from ${base}_orders_v1.orders, (select $3::int) s order by order_id`,
  search_documents: (base, to) => `
    insert into ${to}_search_v1.search_documents (stream_id, category, version, title, body, fields, event_types, lexemes)
    select stream_id || ${SUFFIX}, category, version, replace(title, stream_id, stream_id || ${SUFFIX}), body, fields, event_types,
           lexemes || setweight(to_tsvector('simple', stream_id || ${SUFFIX}), 'A')
    from ${base}_search_v1.search_documents, (select $2::int, $3::int) s order by stream_id`,
  density: (base, to) => `
    insert into ${to}_density_v1.density as d (bucket_seconds, bucket_start, category, event_type, count, first_position, last_position)
    select bucket_seconds, bucket_start - ${SHIFT}, category, event_type, count, first_position + ${OFFSET}, last_position + ${OFFSET}
    from ${base}_density_v1.density order by bucket_seconds, bucket_start, category, event_type
    on conflict (bucket_seconds, bucket_start, category, event_type)
      do update set count = d.count + excluded.count, last_position = excluded.last_position`,
};

// Ranges of positions meet where one copy ends and the next begins, so they are added.
const SUMS = (base: string, to: string): string[] => [
  `insert into ${to}_density_v1.stream_counts
   select category, streams * $2::int, last_position + ($2::int - 1) * $3::bigint from ${base}_density_v1.stream_counts, (select $1::int) s`,
  `insert into ${to}.projection_accounts (name, version, bucket, handled, offset_sum, square_sum)
   select name, version, bucket + copy * $3::bigint / 10000, sum(handled), sum(offset_sum), sum(square_sum)
   from ${base}.projection_accounts, generate_series(0, $2::int - 1) copy, (select $1::int) s group by 1, 2, 3`,
  `update ${to}.projection_versions v set checkpoint = $2::bigint * $3::bigint, accounted_to = $2::bigint * $3::bigint,
     applied_events = b.applied_events * $2::bigint, moved_at = now()
   from ${base}.projection_versions b, (select $1::int) s where b.name = v.name and b.version = v.version`,
  `update ${to}.process_managers set checkpoint = $2::bigint * $3::bigint, moved_at = now() where $1::int is not null`,
  `select setval('${to}.event_positions', $2::bigint * $3::bigint) where $1::int is not null`,
];

/** Tables that are written without their indexes, which are made when all of it stands. */
const INDEXED = (schema: string) => [
  `${schema}.events`,
  `${schema}.streams`,
  `${schema}_orders_v1.orders`,
  `${schema}_search_v1.search_documents`,
];

type Work = { sql: Sql; base: Store; store: Store; progress(text: string): void };

/**
 * Fills a store with copies of another: events with positions, ids, streams and correlations of their own, and the rows that
 * the projections would have made of them. Each copy is a transaction, so one that was broken off goes on from there.
 */
export async function copyStore({ sql, base, store, progress }: Work): Promise<void> {
  await sql.unsafe(`set maintenance_work_mem = '1GB'; set synchronous_commit = off; set work_mem = '256MB'`);
  await sql.unsafe(
    `create table if not exists ${store.schema}.bench_copies (part text, copy int, primary key (part, copy))`,
  );
  const done = await sql<
    { part: string; copy: number }[]
  >`select part, copy from ${sql(`${store.schema}.bench_copies`)}`;
  const once = async (part: string, copy: number, statements: readonly string[]) => {
    if (done.some((one) => one.part === part && one.copy === copy)) return;
    const startedAt = performance.now();
    await sql.begin(async (query) => {
      for (const statement of statements) await query.unsafe(statement, [copy, store.copies, base.events]);
      await query`insert into ${query(`${store.schema}.bench_copies`)} values (${part}, ${copy})`;
    });
    progress(`${store.name}: ${part} of copy ${copy + 1}, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  };
  if (done.length === 0) for (const table of INDEXED(store.schema)) await dropIndexes(sql, table);
  for (let copy = 0; copy < store.copies; copy += 1) {
    for (const [part, statement] of Object.entries(ROWS))
      await once(part, copy, [statement(base.schema, store.schema)]);
  }
  for (const [index, table] of INDEXED(store.schema).entries()) {
    await makeIndexes(sql, { table, like: INDEXED(base.schema)[index] ?? '', progress });
  }
  await once('sums', 0, SUMS(base.schema, store.schema));
}

async function dropIndexes(sql: Sql, table: string): Promise<void> {
  const constraints = await sql<{ name: string }[]>`
    select conname as name from pg_constraint where conrelid = ${table}::regclass and contype in ('p', 'u')`;
  for (const { name } of constraints) await sql.unsafe(`alter table ${table} drop constraint ${name}`);
  const indexes = await sql<{ name: string }[]>`
    select indexrelid::regclass::text as name from pg_index where indrelid = ${table}::regclass`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
}

/** What the table of the original has and this one lacks. */
async function makeIndexes(
  sql: Sql,
  { table, like, progress }: { table: string; like: string; progress(text: string): void },
) {
  const missing = await sql<{ name: string; constraint: string | null; index: string }[]>`
    select c.relname as name, pg_get_constraintdef(k.oid) as constraint, pg_get_indexdef(i.indexrelid) as index
    from pg_index i join pg_class c on c.oid = i.indexrelid
    left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
    where i.indrelid = ${like}::regclass and c.relname not in (
      select o.relname from pg_index p join pg_class o on o.oid = p.indexrelid where p.indrelid = ${table}::regclass)`;
  for (const { name, constraint, index } of missing) {
    const startedAt = performance.now();
    await sql.unsafe(
      constraint === null
        ? index.replace(` ON ${like} `, ` ON ${table} `)
        : `alter table ${table} add constraint ${name} ${constraint}`,
    );
    progress(`${table}: ${name}, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
}
