import type { Query } from '#db/database.ts';
import type { Rule } from '#server/compare/experiment.ts';
import type { DataReport } from '#server/compare/report.ts';

/** A table that both versions have, with the columns that are compared and those that identify a row. */
export type ComparedTable = {
  table: string;
  /** Quoted, with the schema. */
  a: string;
  b: string;
  key: { a: string; b: string; type: string }[];
  columns: { a: string; b: string }[];
};

type Column = { table: string; column: string; type: string; key: boolean };

const COLUMNS = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
    coalesce(a.attnum = any (i.indkey), false) as key
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_index i on i.indrelid = c.oid and i.indisprimary
  where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind = 'r'
  order by c.relname, array_position(i.indkey::int2[], a.attnum), a.attnum`;

/**
 * What is compared of two schemas: tables of the same name with a primary key, columns of the same name or those that a
 * rule says were renamed. What only one has, or has otherwise, is told with the rule that expects it.
 */
export async function comparedTables(
  query: Query,
  schemas: { a: string; b: string },
  rules: readonly Rule[],
): Promise<{ tables: ComparedTable[]; columns: DataReport['columns'] }> {
  const a = await query<Column>(COLUMNS, [schemas.a]);
  const b = await query<Column>(COLUMNS, [schemas.b]);
  const renamed = new Map(rules.flatMap((rule) => (rule.kind === 'renamed' ? [[rule.from, rule.to] as const] : [])));
  const other: DataReport['columns'] = [];
  const tables: ComparedTable[] = [];
  for (const table of new Set([...a, ...b].map((one) => one.table))) {
    const ofA = a.filter((one) => one.table === table);
    const ofB = b.filter((one) => one.table === table);
    const pairs = ofA.map((one) => {
      const name = renamed.get(one.column) ?? one.column;
      return { a: one, b: ofB.find((two) => two.column === name) };
    });
    const taken = new Set(pairs.map((pair) => pair.b?.column));
    for (const pair of pairs) {
      if (pair.b?.type === pair.a.type && pair.b.column === pair.a.column) continue;
      const type = pair.b?.type ?? null;
      const explainedBy = ruleFor(
        rules,
        pair.a.column,
        type === pair.a.type ? 'renamed' : 'removed',
        pair.b !== undefined,
      );
      other.push({ table, column: pair.a.column, a: pair.a.type, b: type, explainedBy });
    }
    for (const { column, type } of ofB.filter((one) => !taken.has(one.column))) {
      other.push({ table, column, a: null, b: type, explainedBy: ruleFor(rules, column, 'added', false) });
    }
    const both = pairs.flatMap((pair) => (pair.b === undefined ? [] : [{ a: pair.a, b: pair.b }]));
    const key = both.filter((pair) => pair.a.key && pair.b.key);
    if (key.length === 0 || key.length < ofA.filter((one) => one.key).length) continue;
    tables.push({
      table,
      a: `"${schemas.a}"."${table}"`,
      b: `"${schemas.b}"."${table}"`,
      key: key.map((pair) => ({ a: pair.a.column, b: pair.b.column, type: pair.a.type })),
      columns: both.map((pair) => ({ a: pair.a.column, b: pair.b.column })),
    });
  }
  return { tables, columns: other };
}

function ruleFor(rules: readonly Rule[], column: string, kind: Rule['kind'], both: boolean): number | null {
  const found = rules.findIndex((rule) => {
    if (rule.kind === 'renamed') return kind === 'renamed' && rule.from === column;
    if (rule.kind === 'added' || rule.kind === 'removed') return rule.kind === kind && !both && rule.column === column;
    return false;
  });
  return found < 0 ? null : found;
}
