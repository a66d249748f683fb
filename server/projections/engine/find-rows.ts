import type { Query } from '#db/database.ts';
import type { Finding } from '#server/projections/inspection.ts';
import { type Inspected, rangesOf } from './inspected.ts';
import { schemaOf } from './version-schema.ts';

const COUNTED_MAX = 1000;
const EXAMPLES = 20;

/** Keys that are compared by one statement, some 20 ms, and how long one call goes on with the next. */
const WINDOW_KEYS = 20_000;
const BUDGET_MS = 1000;

/** What was looked through. `nextAfter` goes on from there; null at the end. */
export type RowsFound = { findings: Finding[]; looked: number; nextAfter: string | null };

/** A walk is first over the streams, category by category, then over the rows. */
type Place = { over: 'streams' | 'rows'; after: string };
type Window = { looked: number; found: string[]; next: Place | null };

/**
 * Where a row's key is its stream: streams that have been handled and have no row, and rows of no stream. A stream of
 * which every event is set aside has none rightly. Goes on for a second from `after`, so that a million rows are walked
 * through by a few calls and none of them blocks.
 */
export async function findRows(
  query: Query,
  store: string,
  inspected: Inspected,
  after: string | undefined,
): Promise<RowsFound> {
  const { name, version, projection } = inspected;
  const rows = projection?.rows;
  if (rows === undefined || !('keyIs' in rows)) return { findings: [], looked: 0, nextAfter: null };
  const table = { name: `"${schemaOf(store, name, version)}"."${rows.table}"`, key: `"${rows.key}"` };
  const step = (from: Place): Promise<Window> =>
    from.over === 'streams' ? nextStreams(query, table, inspected, from) : nextRows(query, table, from);
  const found: Record<Place['over'], string[]> = { streams: [], rows: [] };
  const until = performance.now() + BUDGET_MS;
  let looked = 0;
  let place: Place | null = placeOf(after);
  while (place !== null && performance.now() < until) {
    const { looked: keys, found: some, next }: Window = await step(place);
    found[place.over].push(...some);
    looked += keys;
    place = next;
  }
  const findings = [
    ...finding('rows_missing', found.streams, 'has been handled and has no row'),
    ...finding('rows_unknown', found.rows, 'is a row that no stream made'),
  ];
  return { findings, looked, nextAfter: place === null ? null : `${place.over}:${place.after}` };
}

function placeOf(after: string | undefined): Place {
  const [over, ...key] = (after ?? '').split(':');
  return { over: over === 'rows' ? 'rows' : 'streams', after: key.join(':') };
}

type Table = { name: string; key: string };

async function nextStreams(query: Query, table: Table, inspected: Inspected, { after }: Place): Promise<Window> {
  const { name, version, checkpoint, occurredUntil } = inspected;
  const range = rangesOf(inspected).find(({ below }) => below > after);
  if (range === undefined) return { looked: 0, found: [], next: { over: 'rows', after: '' } };
  const from = after > range.from ? after : range.from;
  const { looked, last } = await endOf(
    query,
    `select stream_id as key from streams where stream_id > $1 and stream_id < $2 order by stream_id limit ${WINDOW_KEYS}`,
    [from, range.below],
  );
  if (last === null) return { looked, found: [], next: { over: 'streams', after: range.below } };
  const found = await query<{ key: string }>(
    `select s.stream_id as key from streams s
     left join (select ${table.key} as key from ${table.name} where ${table.key} collate "C" > $3 and ${table.key} collate "C" <= $4) r
       on r.key = s.stream_id
     where s.stream_id > $3 and s.stream_id <= $4 and r.key is null
       and exists (select from events e where e.stream_id = s.stream_id and e.global_position + 0 <= $5
         and ($6::timestamptz is null or e.occurred_at <= $6)
         and not exists (select from parked k where k.name = $1 and k.version = $2 and k.global_position = e.global_position))
     order by 1 limit ${COUNTED_MAX}`,
    [name, version, from, last, checkpoint, occurredUntil],
  );
  return { looked, found: found.map((row) => row.key), next: { over: 'streams', after: last } };
}

async function nextRows(query: Query, table: Table, { after }: Place): Promise<Window> {
  const key = `${table.key} collate "C"`;
  const { looked, last } = await endOf(
    query,
    `select ${key} as key from ${table.name} where ${key} > $1 order by ${key} limit ${WINDOW_KEYS}`,
    [after],
  );
  if (last === null) return { looked, found: [], next: null };
  const found = await query<{ key: string }>(
    `select r.key from (select ${key} as key from ${table.name} where ${key} > $1 and ${key} <= $2) r
     left join (select stream_id from streams where stream_id > $1 and stream_id <= $2) s on s.stream_id = r.key
     where s.stream_id is null order by 1 limit ${COUNTED_MAX}`,
    [after, last],
  );
  return { looked, found: found.map((row) => row.key), next: { over: 'rows', after: last } };
}

async function endOf(
  query: Query,
  keys: string,
  parameters: string[],
): Promise<{ looked: number; last: string | null }> {
  const [row] = await query<{ looked: number; last: string | null }>(
    `select count(*)::int as looked, max(key) as last from (${keys}) k`,
    parameters,
  );
  return row ?? { looked: 0, last: null };
}

function finding(kind: Finding['kind'], keys: readonly string[], what: string): Finding[] {
  const [first] = keys;
  if (first === undefined) return [];
  const many = keys.length >= COUNTED_MAX ? 'more than ' : '';
  const more = keys.length === 1 ? '' : `, and ${many}${keys.length - 1} more`;
  const examples = keys.slice(0, EXAMPLES);
  return [{ kind, message: `${first} ${what}${more}`, from: null, to: null, examples, count: keys.length }];
}
