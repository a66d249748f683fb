import type { Query } from '#db/database.ts';
import type { Finding } from '#server/projections/inspection.ts';
import type { Inspected } from './inspected.ts';
import { schemaOf } from './version-schema.ts';

const COUNTED_MAX = 1000;
const EXAMPLES = 20;

/**
 * Where a row's key is its stream: streams that have been handled and have no row, and rows of no stream. A stream of
 * which every event is set aside has none rightly.
 */
export async function findRows(query: Query, store: string, inspected: Inspected): Promise<Finding[]> {
  const { name, version, checkpoint, categories, occurredUntil, projection } = inspected;
  const rows = projection?.rows;
  if (rows === undefined || !('keyIs' in rows)) return [];
  const table = `"${schemaOf(store, name, version)}"."${rows.table}"`;
  const missing = await query<{ key: string }>(
    `select s.stream_id as key from streams s left join ${table} r on r."${rows.key}" = s.stream_id
     where r."${rows.key}" is null and ($3::text[] is null or s.category = any ($3))
       and exists (select from events e where e.stream_id = s.stream_id and e.global_position <= $4
         and ($5::timestamptz is null or e.occurred_at <= $5)
         and not exists (select from parked k where k.name = $1 and k.version = $2 and k.global_position = e.global_position))
     limit ${COUNTED_MAX}`,
    [name, version, categories, checkpoint, occurredUntil],
  );
  const unknown = await query<{ key: string }>(
    `select r."${rows.key}" as key from ${table} r left join streams s on s.stream_id = r."${rows.key}"
     where s.stream_id is null limit ${COUNTED_MAX}`,
  );
  return [
    ...finding('rows_missing', missing, 'has been handled and has no row'),
    ...finding('rows_unknown', unknown, 'is a row that no stream made'),
  ];
}

function finding(kind: Finding['kind'], rows: readonly { key: string }[], what: string): Finding[] {
  const [first] = rows;
  if (first === undefined) return [];
  const more =
    rows.length === 1 ? '' : `, and ${rows.length === COUNTED_MAX ? 'more than ' : ''}${rows.length - 1} more`;
  const examples = rows.slice(0, EXAMPLES).map((row) => row.key);
  return [{ kind, message: `${first.key} ${what}${more}`, from: null, to: null, examples, count: rows.length }];
}
