import type { JsonObject } from '#server/kernel/json.ts';
import { lettersApart } from '#server/kernel/letters-apart.ts';
import { ANY, type Expression, type ExpressionPath, valuesAt } from './expression.ts';
import type { UnseenField } from './stream-questions.ts';

/** So many letters wrong, missing, too many or changed over: "stauts" is one from "status". */
const DISTANCE_MAX = 2;

const PLAIN_KEY = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Looks in each state for the fields that a condition names; `unseen` are those that were in none. */
export function watchFields(condition: Expression) {
  const unseen = new Map(pathsOf(condition).map((path) => [writePath(path), path]));
  let last: JsonObject = {};
  return {
    look(state: JsonObject): void {
      last = state;
      for (const [text, path] of unseen) if (valuesAt(state, path).length > 0) unseen.delete(text);
    },
    unseen: (): UnseenField[] => [...unseen].map(([path, parts]) => ({ path, near: nearField(parts, last) })),
  };
}

function pathsOf(expression: Expression): ExpressionPath[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.terms.flatMap(pathsOf);
    case 'not':
      return pathsOf(expression.term);
    case 'compare': {
      const { path, value } = expression;
      return typeof value === 'object' && value !== null ? [path, value.path] : [path];
    }
    default:
      return [expression.path];
  }
}

/** The path with the first part that leads nowhere put right; null where no key is spelt like it. */
function nearField(path: ExpressionPath, state: JsonObject): string | null {
  const wrong = path.findIndex((_, index) => valuesAt(state, path.slice(0, index + 1)).length === 0);
  const key = path[wrong];
  if (typeof key !== 'string') return null;
  const keys = valuesAt(state, path.slice(0, wrong)).flatMap((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [],
  );
  const near = keys
    .map((one) => ({ key: one, distance: lettersApart(key.toLowerCase(), one.toLowerCase()) }))
    .filter((one) => one.distance <= Math.min(DISTANCE_MAX, key.length - 1))
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? null : writePath([...path.slice(0, wrong), near.key, ...path.slice(wrong + 1)]);
}

function writePath(path: ExpressionPath): string {
  return path.reduce<string>((text, part) => {
    if (part === ANY) return `${text}[*]`;
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!PLAIN_KEY.test(String(part))) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
