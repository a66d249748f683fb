import { ANY } from './expression.ts';

/** A piece of a condition. `part` is a step of a path: `.name`, `[0]`, `["key"]`, `[*]`. */
export type Token = {
  kind: 'word' | 'name' | 'part' | 'number' | 'text' | 'comparison' | 'sign';
  text: string;
  value?: string | number | typeof ANY;
  at: number;
};

const WORDS = new Set(['and', 'or', 'not', 'exists', 'in', 'contains', 'starts', 'true', 'false', 'null']);

const SPACE = /\s*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const TEXT = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const DOTTED = /\.([\p{L}_$][\p{L}\p{N}_$]*)/uy;
const BRACKETS = /\[\s*(?:(\d{1,9})|(\*)|("(?:[^"\\]|\\.)*"))\s*\]/y;
const COMPARISON = /==|!=|<=|>=|=|<|>/y;
const SIGN = /&&|\|\||[!(),]/y;

/** Cuts a condition into tokens; `wrong` makes the error for a place where none begins. */
export function tokenize(text: string, wrong: (at: number, why: string) => Error): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  for (;;) {
    at += match(SPACE)?.[0].length ?? 0;
    if (at >= text.length) return tokens;
    const token = next(match, at, wrong);
    if (token === undefined) throw wrong(at, `has something here that can not be read: ${text.slice(at, at + 12)}`);
    tokens.push(token);
    at += token.text.length;
  }
}

function next(
  match: (pattern: RegExp) => RegExpExecArray | null,
  at: number,
  wrong: (at: number, why: string) => Error,
): Token | undefined {
  const number = match(NUMBER);
  if (number) {
    const value = Number(number[0]);
    if (!Number.isFinite(value)) throw wrong(at, 'has a number that is too large');
    return { kind: 'number', text: number[0], value, at };
  }
  const quoted = match(TEXT);
  if (quoted)
    return {
      kind: 'text',
      text: quoted[0],
      value: unquote(quoted[0], () => wrong(at, 'has a text that is not closed')),
      at,
    };
  const name = match(NAME);
  if (name) return { kind: WORDS.has(name[0]) ? 'word' : 'name', text: name[0], value: name[0], at };
  const dotted = match(DOTTED);
  if (dotted) return { kind: 'part', text: dotted[0], value: dotted[1] ?? '', at };
  const brackets = match(BRACKETS);
  if (brackets) {
    const [text, index, any, key] = brackets;
    const value = any
      ? ANY
      : index !== undefined
        ? Number(index)
        : unquote(key ?? '""', () => wrong(at, 'has a key that can not be read'));
    return { kind: 'part', text, value, at };
  }
  const comparison = match(COMPARISON);
  if (comparison) return { kind: 'comparison', text: comparison[0], at };
  const sign = match(SIGN);
  return sign ? { kind: 'sign', text: sign[0], at } : undefined;
}

function unquote(text: string, wrong: () => Error): string {
  const json = text.startsWith("'")
    ? `"${text
        .slice(1, -1)
        .replaceAll("\\'", "'")
        .replaceAll(/(?<!\\)"/g, '\\"')}"`
    : text;
  try {
    return JSON.parse(json) as string;
  } catch {
    throw wrong();
  }
}
