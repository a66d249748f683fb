import type { Database } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Inspection, RowsPage } from '#server/projections/inspection.ts';
import { inspect, onSnapshot, rowsOf } from './inspected.ts';
import { schemaOf } from './version-schema.ts';

const DEADLINE_MS = 5000;

const COLUMNS = `
  select attname as column, format_type(atttypid, atttypmod) as type from pg_attribute
  where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`;

/** What begins alike stands together under collation "C", as keys are; no character is above U+10FFFF. */
const beginsWith = (key: string, prefix: string) =>
  `${key} collate "C" >= ${prefix} and ${key} collate "C" < ${prefix} || chr(1114111)`;

/** Rows of a version by key, as its table has them, with the position that they are of. */
export function listRows(
  { database, projections }: { database: Database; projections: readonly Projection[] },
  { prefix, after, limit = 100, ...wanted }: Parameters<Inspection['rows']>[0],
): Promise<RowsPage> {
  return onSnapshot(database, DEADLINE_MS, async (query) => {
    const inspected = await inspect(query, projections, wanted);
    const { table, key } = rowsOf(inspected);
    const relation = `"${schemaOf(database.schema, inspected.name, inspected.version)}"."${table}"`;
    const columns = await query<{ column: string; type: string }>(COLUMNS, [relation]);
    const keyType = columns.find((one) => one.column === key)?.type;
    if (keyType === undefined) throw new TidemarkError('internal', `${relation} has no column ${key}`);
    const rows = await query<{ key: string; row: JsonObject }>(
      `select t."${key}"::text as key, to_jsonb(t) as row from ${relation} t
       where ($1::text is null or t."${key}" > $1::text::${keyType}) and ${beginsWith(`t."${key}"::text`, '$3')}
       order by t."${key}" limit $2`,
      [after ?? null, limit + 1, prefix ?? ''],
    );
    const shown = rows.slice(0, limit);
    return {
      name: inspected.name,
      version: inspected.version,
      table,
      key,
      columns: columns.map((one) => one.column),
      rows: shown.map((one) => one.row),
      nextAfter: rows.length > limit ? (shown.at(-1)?.key ?? null) : null,
      position: inspected.checkpoint,
    };
  });
}
