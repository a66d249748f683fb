import type { Query } from '#db/database.ts';
import type { FieldDifference, RowDifference, Rule } from '#server/compare/experiment.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { ComparedTable } from './columns.ts';
import { type Bucket, hashOf, within } from './hash-buckets.ts';

/** Rows that are looked at one by one; past these differences are counted only. */
export const LOOKED_AT_MAX = 50_000;

/** A row that differs, before it has a cause. `tolerated`: fields within a rule's tolerance, with the rule's index. */
export type Difference = Omit<RowDifference, 'cause'> & { tolerated: { field: string; rule: number }[] };

type Read = { key: string[]; a: JsonObject | null; b: JsonObject | null };

/** The rows of a bucket in which the two differ. */
export async function readDifferences(
  query: Query,
  compared: ComparedTable,
  bucket: Bucket,
  rules: readonly Rule[],
): Promise<Difference[]> {
  const { key, table } = compared;
  const ofA = within(compared, 'a', bucket);
  const ofB = within(compared, 'b', bucket);
  const on = key.map((column) => `a."${column.a}" = b."${column.b}"`).join(' and ');
  const first = key[0];
  if (first === undefined) return [];
  const rows = await query<Read>(
    `select array[${key.map((column) => `coalesce(a."${column.a}"::text, b."${column.b}"::text)`).join(', ')}] as key,
       to_jsonb(a) as a, to_jsonb(b) as b
     from (select * from ${compared.a} t where ${ofA.condition}) a
     full join (select * from ${compared.b} t where ${ofB.condition}) b on ${on}
     where a."${first.a}" is null or b."${first.b}" is null
       or ${hashOf(compared, 'a', 'a')} <> ${hashOf(compared, 'b', 'b')}
     order by 1`,
    ofA.parameters,
  );
  return rows.map((row) => {
    const kind = row.a === null ? 'only_b' : row.b === null ? 'only_a' : 'changed';
    const { fields, tolerated } = fieldsOf(compared, row, rules);
    return {
      table,
      key: row.key.join(' '),
      kind,
      a: row.a,
      b: row.b,
      fields: kind === 'changed' ? fields : [],
      tolerated,
    };
  });
}

function fieldsOf({ columns }: ComparedTable, { a, b }: Read, rules: readonly Rule[]) {
  const fields: FieldDifference[] = [];
  const tolerated: Difference['tolerated'] = [];
  if (a === null || b === null) return { fields, tolerated };
  for (const column of columns) {
    const difference = { field: column.b, a: a[column.a] ?? null, b: b[column.b] ?? null };
    if (JSON.stringify(difference.a) === JSON.stringify(difference.b)) continue;
    const rule = rules.findIndex((one) => tolerates(one, difference));
    if (rule < 0) fields.push(difference);
    else tolerated.push({ field: difference.field, rule });
  }
  return { fields, tolerated };
}

/** Whether a rule says that a difference of this size does not count. */
export function tolerates(rule: Rule, { field, a, b }: FieldDifference): boolean {
  if (rule.kind !== 'tolerance' || rule.column !== field) return false;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === null || y === null) return false;
  const apart = Math.abs(x - y);
  return apart <= (rule.absolute ?? 0) || apart <= (rule.relative ?? 0) * Math.max(Math.abs(x), Math.abs(y));
}

/** A number, or milliseconds of a time; null for what is neither. */
function numberOf(value: Json): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : time;
}
