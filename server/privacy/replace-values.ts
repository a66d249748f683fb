import { isSealed, passesThrough } from '#server/kernel/private-fields.ts';

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

/** Names of what stands in an object, but for the schema of a command type: that names fields and has no values. */
export function keysOf(holder: object): string[] {
  const keys = Object.keys(holder);
  const isCommandType = 'schema' in holder && 'commandType' in holder && 'opensStream' in holder;
  return isCommandType ? keys.filter((key) => key !== 'schema') : keys;
}

/**
 * Whether anything in an answer may have to be shown otherwise than it is: it is sealed, stands under one of the names, or
 * beside a label that may tell of one.
 */
export function hasPrivate(value: unknown, names: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return isSealed(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => hasPrivate(one, names));
  const holder = value as Record<string, unknown>;
  if (names.size > 0 && isLabelled(holder, names)) return true;
  for (const key of keysOf(holder)) if (names.has(key) || hasPrivate(holder[key], names)) return true;
  return false;
}

export type Replacement = {
  /** Fields whose values are replaced whatever they are. */
  names: ReadonlySet<string>;
  masked: string;
  /** What stands in place of a text that is the value of `name`; the text itself to leave it. */
  text(value: string, name: string): string;
};

/**
 * An answer with values replaced wherever they stand: under a name, beside or beneath a `path`, `field` or `where` that
 * passes through it, or by what a text is. Whatever is not changed is the same object, and nothing is changed in place.
 */
export function replaceValues(value: unknown, by: Replacement, name = '', beneath = false): unknown {
  if (typeof value === 'string') return by.text(value, name);
  if (Array.isArray(value)) {
    const shown = value.map((one) => replaceValues(one, by, name, beneath));
    return shown.every((one, index) => one === value[index]) ? value : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  const holder = value as Record<string, unknown>;
  const labelled = beneath || isLabelled(holder, by.names);
  let changed: Record<string, unknown> | undefined;
  for (const key of keysOf(holder)) {
    const inner = holder[key];
    const shown = by.names.has(key)
      ? masked(inner, by, key)
      : labelled && VALUES.has(key)
        ? eachMasked(inner, by, key)
        : replaceValues(inner, by, key, labelled);
    if (shown !== inner) changed = { ...(changed ?? holder), [key]: shown };
  }
  return changed ?? value;
}

/** Texts that stand under one of the names, anywhere in a value. */
export function textsUnder(value: unknown, names: ReadonlySet<string>, into = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return into;
  for (const key of keysOf(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (typeof inner === 'string' && names.has(key)) into.add(inner);
    else textsUnder(inner, names, into);
  }
  return into;
}

function isLabelled(value: Record<string, unknown>, names: ReadonlySet<string>): boolean {
  return LABELS.some((label) => {
    const path = value[label];
    return typeof path === 'string' && passesThrough(path, names);
  });
}

/** Values of a field that is told of stand in a list of the teller's: one for each version, or for each example. */
function eachMasked(value: unknown, by: Replacement, name: string): unknown {
  return Array.isArray(value) ? value.map((one) => masked(one, by, name)) : masked(value, by, name);
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
