import type { Json, JsonObject } from '#server/kernel/json.ts';

/** A field of a form, made from the JSON Schema of a command's data. `path` is how the server names it in errors. */
export type FormField = {
  name: string;
  path: string;
  label: string;
  help: string | null;
  example: string | null;
  required: boolean;
  /** Marked personal or sensitive by the schema: it stands in no address. */
  secret: boolean;
} & (
  | { kind: 'text'; maxLength: number | null }
  | { kind: 'integer'; minimum: number | null; maximum: number | null }
  | { kind: 'choice'; choices: string[] }
  | { kind: 'group'; fields: FormField[] }
  | { kind: 'list'; item: JsonObject; minItems: number }
);

/** What stands in a form: texts as they are typed, so that a half-typed number is not lost. */
export type Draft = string | Draft[] | { [name: string]: Draft };
export type DraftObject = { [name: string]: Draft };

/** The fields of an object schema, in its order. What a form can't draw becomes a line of text. */
export function formFields(schema: JsonObject, path = 'data'): FormField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(asObject(schema.properties)).map(([name, property]) =>
    toField(asObject(property), { name, path: `${path}.${name}`, required: required.includes(name) }),
  );
}

/** A form before anything was typed: every list has the rows that it needs. */
export function emptyDraft(fields: readonly FormField[]): DraftObject {
  return Object.fromEntries(fields.map((field) => [field.name, emptyValue(field)]));
}

/** A new row of a list. */
export function emptyRow(item: JsonObject): Draft {
  return item.type === 'object' ? emptyDraft(formFields(item)) : '';
}

/** What of a draft may stand in an address; the rest is kept by the page alone. Private fields stand at the top of a schema. */
export function shareable(fields: readonly FormField[], draft: DraftObject): DraftObject {
  const secret = new Set(fields.filter((field) => field.secret).map(({ name }) => name));
  return Object.fromEntries(Object.entries(draft).filter(([name]) => !secret.has(name)));
}

/** What is sent: numbers as numbers, empty optional fields left out. What is no number stays text: the server says so. */
export function toData(fields: readonly FormField[], draft: DraftObject): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = toValue(field, draft[field.name] ?? '');
      return value === undefined ? [] : [[field.name, value] as const];
    }),
  );
}

/** The draft of an address, where it is one; anything else is as if there were none. */
export function parseDraft(text: string | null): DraftObject | null {
  if (text === null) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return isDraftObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

type Place = { name: string; path: string; required: boolean };

function toField(schema: JsonObject, place: Place): FormField {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const base = {
    ...place,
    label: typeof schema.title === 'string' ? schema.title : place.name,
    help: typeof schema.description === 'string' ? schema.description : null,
    secret: schema.sensitive === true || schema.personal !== undefined,
    example: typeof example === 'string' || typeof example === 'number' ? String(example) : null,
  };
  if (Array.isArray(schema.enum)) return { ...base, kind: 'choice', choices: schema.enum.map(String) };
  if (schema.type === 'integer' || schema.type === 'number') {
    return { ...base, kind: 'integer', minimum: numberOr(schema.minimum), maximum: numberOr(schema.maximum) };
  }
  if (schema.type === 'object') return { ...base, kind: 'group', fields: formFields(schema, place.path) };
  if (schema.type === 'array') {
    return { ...base, kind: 'list', item: asObject(schema.items), minItems: numberOr(schema.minItems) ?? 0 };
  }
  return { ...base, kind: 'text', maxLength: numberOr(schema.maxLength) };
}

function emptyValue(field: FormField): Draft {
  switch (field.kind) {
    case 'group':
      return emptyDraft(field.fields);
    case 'list':
      return Array.from({ length: Math.max(1, field.minItems) }, () => emptyRow(field.item));
    case 'choice':
      return field.choices[0] ?? '';
    default:
      return '';
  }
}

function toValue(field: FormField, draft: Draft): Json | undefined {
  switch (field.kind) {
    case 'group':
      return isDraftObject(draft) ? toData(field.fields, draft) : {};
    case 'list': {
      const fields = formFields(field.item);
      const rows = Array.isArray(draft) ? draft : [];
      return rows.map((row) => (isDraftObject(row) ? toData(fields, row) : textOf(row)));
    }
    case 'integer': {
      const text = typeof draft === 'string' ? draft.trim() : '';
      if (text === '') return undefined;
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    }
    default:
      return draft === '' && !field.required ? undefined : textOf(draft);
  }
}

/** What was typed into a single field. */
export function textOf(draft: Draft): string {
  return typeof draft === 'string' ? draft : '';
}

function isDraftObject(value: unknown): value is DraftObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function numberOr(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
