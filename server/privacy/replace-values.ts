/** Names under which an answer tells of one field, with its values beside them. */
const LABELS = ['path', 'field', 'where'] as const;

/** Under these stand the values of a field that is told of so; the others, such as `op`, say nothing of them. */
const VALUES: ReadonlySet<string> = new Set([
  'value',
  'values',
  'before',
  'after',
  'stored',
  'replayed',
  'a',
  'b',
  'text',
  'examples',
]);

/** What stands in an object, but for the schema of a command type: that names fields and has no values. */
export function valuesOf(holder: object): [string, unknown][] {
  const entries = Object.entries(holder);
  const isCommandType = 'schema' in holder && 'commandType' in holder && 'opensStream' in holder;
  return isCommandType ? entries.filter(([key]) => key !== 'schema') : entries;
}

const WORD_ENDS = /[^A-Za-z0-9_$]+/;

export type Replacement = {
  /** Fields whose values are replaced whatever they are. */
  names: ReadonlySet<string>;
  masked: string;
  /** What stands in place of a text that is the value of `name`; the text itself to leave it. */
  text(value: string, name: string): string;
};

/**
 * An answer with values replaced wherever they stand: under a name, beside a `path`, `field` or `where` that passes
 * through it, or by what a text is. Whatever is not changed is the same object, and nothing is changed in place.
 */
export function replaceValues(value: unknown, by: Replacement, name = ''): unknown {
  if (typeof value === 'string') return by.text(value, name);
  if (Array.isArray(value)) {
    const shown = value.map((one) => replaceValues(one, by, name));
    return shown.every((one, index) => one === value[index]) ? value : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  const labelled = isLabelled(value as Record<string, unknown>, by.names);
  let changed: Record<string, unknown> | undefined;
  for (const [key, inner] of valuesOf(value)) {
    const hides = by.names.has(key) || (labelled && VALUES.has(key));
    const shown = hides ? masked(inner, by, key) : replaceValues(inner, by, key);
    if (shown !== inner) changed = { ...(changed ?? value), [key]: shown };
  }
  return changed ?? value;
}

/** Texts that stand under one of the names, anywhere in a value. */
export function textsUnder(value: unknown, names: ReadonlySet<string>, into = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return into;
  for (const [key, inner] of valuesOf(value)) {
    if (typeof inner === 'string' && names.has(key)) into.add(inner);
    else textsUnder(inner, names, into);
  }
  return into;
}

/** Whether a path such as `/trackingNumber`, `data.trackingNumber` or `lines[0].sku` passes through one of the names. */
function isLabelled(value: Record<string, unknown>, names: ReadonlySet<string>): boolean {
  return LABELS.some((label) => {
    const path = value[label];
    return typeof path === 'string' && passesThrough(path, names);
  });
}

/** A name with other signs than a word's, such as `card-number`, is looked for as it is, since it is quoted in a path. */
function passesThrough(path: string, names: ReadonlySet<string>): boolean {
  if (path.split(WORD_ENDS).some((part) => names.has(part))) return true;
  return [...names].some((name) => WORD_ENDS.test(name) && path.includes(name));
}

/** What is not there can't be hidden; a text may still be one of those that say why they are not shown. */
function masked(value: unknown, by: Replacement, name: string): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value) && value.length === 0) return value;
  if (typeof value === 'string') {
    const shown = by.text(value, name);
    return shown === value ? by.masked : shown;
  }
  return Array.isArray(value) ? [by.masked] : by.masked;
}
