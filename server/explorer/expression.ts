import type { Json } from '#server/kernel/json.ts';

/** Where a value stands: keys, indexes, and `*` for any element of an array. */
export type ExpressionPath = readonly (string | number | typeof ANY)[];

/** Any element: written `[*]`. No key is a symbol, so none can be mistaken for it. */
export const ANY = Symbol('any element');

export type Literal = string | number | boolean | null;

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'starts';

/** A condition as a tree of plain values: nothing in it runs, and everything that evaluates it is in this folder. */
export type Expression =
  | { kind: 'and' | 'or'; terms: readonly Expression[] }
  | { kind: 'not'; term: Expression }
  | { kind: 'compare'; path: ExpressionPath; comparison: Comparison; value: Literal | { path: ExpressionPath } }
  | { kind: 'in'; path: ExpressionPath; values: readonly Literal[] }
  | { kind: 'exists'; path: ExpressionPath }
  /** The path alone: there, and neither false nor null. */
  | { kind: 'holds'; path: ExpressionPath };

/**
 * Whether a JSON value meets a condition. Values are compared only with their own kind: a number is never less than a
 * text. What is not there equals nothing, so `!=` holds for it. With `[*]` one element that meets it is enough.
 */
export function evaluate(expression: Expression, root: Json): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.terms.every((term) => evaluate(term, root));
    case 'or':
      return expression.terms.some((term) => evaluate(term, root));
    case 'not':
      return !evaluate(expression.term, root);
    case 'exists':
      return valuesAt(root, expression.path).length > 0;
    case 'holds':
      return valuesAt(root, expression.path).some((value) => value !== false && value !== null);
    case 'in':
      return valuesAt(root, expression.path).some((value) => expression.values.some((one) => one === value));
    case 'compare':
      return compares(expression, root);
  }
}

function compares({ path, comparison, value }: Extract<Expression, { kind: 'compare' }>, root: Json): boolean {
  const lefts = valuesAt(root, path);
  const rights: readonly Json[] = typeof value === 'object' && value !== null ? valuesAt(root, value.path) : [value];
  const meets = (test: (left: Json, right: Json) => boolean) =>
    lefts.some((left) => rights.some((right) => test(left, right)));
  switch (comparison) {
    case '=':
      return meets((left, right) => left === right);
    case '!=':
      return !meets((left, right) => left === right);
    case 'contains':
      return meets(contains);
    case 'starts':
      return meets((left, right) => typeof left === 'string' && typeof right === 'string' && left.startsWith(right));
    case '<':
      return meets((left, right) => order(left, right) < 0);
    case '<=':
      return meets((left, right) => order(left, right) <= 0);
    case '>':
      return meets((left, right) => order(left, right) > 0);
    case '>=':
      return meets((left, right) => order(left, right) >= 0);
  }
}

/** Negative, zero or positive between two numbers or two texts; NaN, with which no comparison holds, otherwise. */
function order(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left === right ? 0 : left < right ? -1 : 1;
  return Number.NaN;
}

function contains(left: Json, right: Json): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  return Array.isArray(left) && left.includes(right);
}

/** Every key that a condition looks under, as it reads once it is no longer quoted. */
export function keysOf(expression: Expression): string[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.terms.flatMap(keysOf);
    case 'not':
      return keysOf(expression.term);
    default: {
      const other = expression.kind === 'compare' && typeof expression.value === 'object' ? expression.value : null;
      return [...expression.path, ...(other?.path ?? [])].filter((step) => typeof step === 'string');
    }
  }
}

/** Everything that a path leads to; never what is inherited. An array has a `length`. */
export function valuesAt(root: Json, path: ExpressionPath): Json[] {
  let values: Json[] = [root];
  for (const part of path) {
    const next: Json[] = [];
    for (const value of values) {
      if (typeof value !== 'object' || value === null) continue;
      if (part === ANY) {
        if (Array.isArray(value)) for (const element of value) next.push(element);
      } else if (Array.isArray(value)) {
        if (part === 'length') next.push(value.length);
        else if (typeof part === 'number' && part < value.length) next.push(value[part] as Json);
      } else if (Object.hasOwn(value, part)) next.push(value[part] as Json);
    }
    values = next;
  }
  return values;
}
