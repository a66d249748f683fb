import type { PayloadField } from '#server/explorer/explorer.ts';

/** What the end of a condition may become: `text` is the whole condition with it. */
export type Completion = { label: string; note: string; text: string };

const SHOWN_MAX = 8;
const OPERATORS: Record<string, readonly string[]> = {
  number: ['=', '!=', '>', '>=', '<', '<=', 'in (', 'exists'],
  text: ['=', '!=', 'contains', 'starts', 'in (', 'exists'],
  other: ['=', '!=', 'exists'],
};

/** Goes on with a condition where it ends: a field, then a comparison that suits it, then a value that was seen, then and, or. */
export function completeCondition(text: string, fields: readonly PayloadField[]): Completion[] {
  const word = /[^\s(),"]*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - word.length);
  const make = (label: string, note: string) => ({ label, note, text: `${before}${label}` });
  const [, path, operator] = /([\w$.[\]*-]+)\s+(?:(=|!=|>=?|<=?|contains|starts)\s*)?$/.exec(before) ?? [];
  const field = fields.find((one) => one.path === path);

  if (field !== undefined && operator !== undefined) {
    return field.examples
      .map((value) => JSON.stringify(value))
      .filter((value) => value.startsWith(word))
      .slice(0, SHOWN_MAX)
      .map((value) => make(value, 'seen'));
  }
  if (field !== undefined) {
    const kind = field.types.includes('number') ? 'number' : field.types.includes('text') ? 'text' : 'other';
    return (OPERATORS[kind] ?? []).filter((one) => one.startsWith(word)).map((one) => make(one, 'compares'));
  }
  if (/("|\d|\)|true|false|null|exists)\s+$/.test(before)) {
    return ['and ', 'or '].filter((one) => one.startsWith(word)).map((one) => make(one, 'joins'));
  }
  const wanted = word.toLowerCase();
  const rank = (one: PayloadField) => (one.path.toLowerCase().startsWith(wanted) ? 0 : 1);
  return fields
    .filter((one) => one.path.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, SHOWN_MAX)
    .map((one) => make(`${one.path} `, one.types.join(' or ')));
}
