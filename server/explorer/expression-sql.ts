import { TidemarkError } from '#server/kernel/errors.ts';
import { ANY, type Comparison, type Expression, type ExpressionPath, type Literal } from './expression.ts';

/** Gives a value a place among the parameters, and says which: `$5`. */
type Add = (value: unknown) => string;

/**
 * A condition as SQL over `events`, with `data` and `metadata` as what its paths begin at. All that came from outside goes
 * in as parameters, paths among them. Each comparison is true or false, never unknown, so that `not` means what it says;
 * `evaluate` of the same condition over the same event gives the same answer.
 */
export function expressionSql(expression: Expression, add: Add): string {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return `(${expression.terms.map((term) => expressionSql(term, add)).join(` ${expression.kind} `)})`;
    case 'not':
      return `(not ${expressionSql(expression.term, add)})`;
    case 'exists':
      return some(expression.path, 'true', add);
    case 'holds':
      return some(expression.path, `v not in ('false'::jsonb, 'null'::jsonb)`, add);
    case 'in': {
      const values = expression.values.map((value) => JSON.stringify(value));
      return some(expression.path, `v = any (${add(values)}::text[]::jsonb[])`, add);
    }
    case 'compare':
      return comparisonSql(expression, add);
  }
}

function comparisonSql({ path, comparison, value }: Extract<Expression, { kind: 'compare' }>, add: Add): string {
  if (typeof value === 'object' && value !== null) {
    const holds = `exists (select 1 from ${valuesOf(value.path, add)} as r (w) where ${meets(comparison, 'w', undefined, add)})`;
    return negated(comparison, some(path, holds, add));
  }
  const json = `${add(JSON.stringify(value))}::text::jsonb`;
  return negated(comparison, some(path, meets(comparison, json, value, add), add));
}

/** What is not there equals nothing: `!=` is that no value is equal. */
function negated(comparison: Comparison, sql: string): string {
  return comparison === '!=' ? `(not ${sql})` : sql;
}

// A CASE is evaluated in its order, so that nothing is cast to a number but numbers; "C" compares by code point.
function meets(comparison: Comparison, right: string, literal: Literal | undefined, add: Add): string {
  const both = (kind: string) => `jsonb_typeof(v) = '${kind}' and jsonb_typeof(${right}) = '${kind}'`;
  const left = `(v #>> '{}')`;
  const text = `(${right} #>> '{}')`;
  switch (comparison) {
    case '=':
    case '!=':
      return literal === undefined ? `v = ${right} and jsonb_typeof(v) not in ('object', 'array')` : `v = ${right}`;
    case 'contains':
      return `case when ${both('string')} then strpos(${left}, ${text}) > 0
        when jsonb_typeof(v) = 'array' and jsonb_typeof(${right}) not in ('object', 'array') then v @> ${right} else false end`;
    case 'starts':
      return `case when ${both('string')} then starts_with(${left}, ${text}) else false end`;
    default: {
      // The number as it was written: through jsonb it would be the same, but is read once a row.
      const number = typeof literal === 'number' ? `${add(String(literal))}::text::numeric` : `${text}::numeric`;
      return `case when ${both('number')} then ${left}::numeric ${comparison} ${number}
        when ${both('string')} then ${left} collate "C" ${comparison} ${text} collate "C" else false end`;
    }
  }
}

function some(path: ExpressionPath, holds: string, add: Add): string {
  return `exists (select 1 from ${valuesOf(path, add)} as l (v) where ${holds})`;
}

/** The values of a path as rows, `strict` and silent: what is not there is no row. */
function valuesOf(path: ExpressionPath, add: Add): string {
  const [root, ...steps] = path;
  if ((root !== 'data' && root !== 'metadata') || steps.length === 0) {
    const message = `where begins a field with data. or metadata., as data.total.amount, not with ${String(root)}`;
    throw new TidemarkError('bad-request', message, { field: 'where' });
  }
  let rows = `(select ${root} as v) s0`;
  for (const [index, step] of steps.entries()) {
    rows = `(${stepSql(step, rows, `s${index}`, add)}) s${index + 1}`;
  }
  return `(select v from ${rows})`;
}

function stepSql(step: ExpressionPath[number], rows: string, name: string, add: Add): string {
  if (step === ANY) {
    return `select e.v from ${rows}, lateral jsonb_array_elements(case jsonb_typeof(${name}.v) when 'array' then ${name}.v else '[]' end) as e (v)`;
  }
  if (step === 'length') {
    return `select coalesce(${name}.v -> 'length', to_jsonb(case jsonb_typeof(${name}.v) when 'array' then jsonb_array_length(${name}.v) end)) as v
      from ${rows} where ${name}.v ? 'length' or jsonb_typeof(${name}.v) = 'array'`;
  }
  // Postgres keeps a bare value as a list of one, and `-> 0` would find it there.
  const kind = typeof step === 'number' ? 'array' : 'object';
  const key = typeof step === 'number' ? `${add(String(step))}::text::int` : `${add(step)}::text`;
  return `select ${name}.v -> ${key} as v from ${rows} where jsonb_typeof(${name}.v) = '${kind}' and (${name}.v -> ${key}) is not null`;
}
