import { TidemarkError } from '#server/kernel/errors.ts';
import type { ANY, Comparison, Expression, ExpressionPath, Literal } from './expression.ts';
import { type Token, tokenize } from './expression-tokens.ts';

const LENGTH_MAX = 1000;
const DEPTH_MAX = 20;
const LIST_MAX = 100;

const MIRRORED: Partial<Record<Comparison, Comparison>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
};

/**
 * Reads a condition such as `status = "shipped" and total.amount > 10000`. Words: `and`, `or`, `not`, `exists`, `in
 * (…)`, `contains`, `starts`; `= != < <= > >=`; paths with dots, `[0]`, `["key"]`, `[*]` for any element, `.length`.
 * Rejects with `bad-request` that names `field`, the column, and what would be right.
 */
export function parseExpression(text: string, field = 'where'): Expression {
  if (text.length > LENGTH_MAX) throw wrong(field, 0, `must have at most ${LENGTH_MAX} characters`);
  const tokens = tokenize(text, (at, why) => wrong(field, at, why));
  let next = 0;
  const peek = () => tokens[next];
  const at = () => peek()?.at ?? text.length;
  const fail = (why: string) => wrong(field, at(), why);
  const take = (kind: Token['kind'], value?: string) => {
    const token = peek();
    if (token?.kind !== kind || (value !== undefined && token.text !== value)) return undefined;
    next += 1;
    return token;
  };
  const word = (name: string) => take('word', name) !== undefined;

  function chain(kind: 'and' | 'or', sign: string, depth: number, read: (depth: number) => Expression): Expression {
    const terms = [read(depth)];
    while (word(kind) || take('sign', sign)) terms.push(read(depth));
    const [only] = terms;
    return terms.length === 1 && only !== undefined ? only : { kind, terms };
  }
  const readOr = (depth: number): Expression => chain('or', '||', depth, readAnd);
  const readAnd = (depth: number): Expression => chain('and', '&&', depth, readNot);

  function readNot(depth: number): Expression {
    if (depth > DEPTH_MAX) throw fail(`must not be nested deeper than ${DEPTH_MAX}`);
    if (word('not') || take('sign', '!')) return { kind: 'not', term: readNot(depth + 1) };
    if (!take('sign', '(')) return readComparison();
    const inner = readOr(depth + 1);
    if (!take('sign', ')')) throw fail('needs a closing )');
    return inner;
  }

  function readComparison(): Expression {
    const literal = readLiteral();
    if (literal !== undefined) return readMirrored(literal.value);
    const path = readPath();
    if (path === undefined) throw fail('needs a field here, such as total.amount');
    if (word('exists')) return { kind: 'exists', path };
    if (word('in')) return { kind: 'in', path, values: readList() };
    const comparison = readSign();
    if (comparison === undefined) return { kind: 'holds', path };
    return { kind: 'compare', path, comparison, value: readOperand() };
  }

  function readMirrored(value: Literal): Expression {
    const comparison = readSign();
    const mirrored = comparison && MIRRORED[comparison];
    if (mirrored === undefined) throw fail('needs one of = != < <= > >= after a value');
    const path = readPath();
    if (path === undefined) throw fail('needs a field to compare the value with');
    return { kind: 'compare', path, comparison: mirrored, value };
  }

  function readOperand(): Literal | { path: ExpressionPath } {
    const literal = readLiteral();
    if (literal !== undefined) return literal.value;
    const path = readPath();
    if (path === undefined) throw fail('needs a value here: a number, a "text", true, false, null, or a field');
    return { path };
  }

  function readList(): Literal[] {
    if (!take('sign', '(')) throw fail('needs ( and values after in');
    const values: Literal[] = [];
    do {
      const literal = readLiteral();
      if (literal === undefined) throw fail('needs a value here: a number, a "text", true, false or null');
      values.push(literal.value);
      if (values.length > LIST_MAX) throw fail(`must not list more than ${LIST_MAX} values`);
    } while (take('sign', ','));
    if (!take('sign', ')')) throw fail('needs a closing )');
    return values;
  }

  function readSign(): Comparison | undefined {
    if (word('contains')) return 'contains';
    if (word('starts')) return 'starts';
    const token = take('comparison');
    return token && ((token.text === '==' ? '=' : token.text) as Comparison);
  }

  function readLiteral(): { value: Literal } | undefined {
    const token = take('number') ?? take('text');
    if (token) return { value: token.value as Literal };
    if (word('true')) return { value: true };
    if (word('false')) return { value: false };
    return word('null') ? { value: null } : undefined;
  }

  function readPath(): ExpressionPath | undefined {
    const first = take('name') ?? take('part');
    if (first === undefined) return undefined;
    const path: (string | number | typeof ANY)[] = [first.value as string];
    for (;;) {
      const part = take('part');
      if (part === undefined) return path;
      path.push(part.value as string | number | typeof ANY);
    }
  }

  if (tokens.length === 0) throw fail('must not be empty');
  const expression = readOr(0);
  if (peek() !== undefined) throw fail('ends before this: join conditions with and, or');
  return expression;
}

function wrong(field: string, at: number, why: string): TidemarkError {
  return new TidemarkError('bad-request', `${field} ${why} (column ${at + 1})`, { field, column: at + 1 });
}
