import { z } from 'zod';
import { TidemarkError } from '#server/kernel/errors.ts';
import { factsOf } from '#server/trpc/call.ts';

export type JsonSchema = {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  [keyword: string]: unknown;
};

const known = new Map<string, JsonSchema>();

/**
 * The JSON Schema of what a procedure takes: the source of the OpenAPI document and of how a query string is read.
 * Undefined where it takes nothing.
 */
export function inputSchema(procedure: string): JsonSchema | undefined {
  const found = known.get(procedure);
  if (found !== undefined) return found;
  const input = factsOf(procedure)?.input;
  if (input === undefined) return undefined;
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  known.set(procedure, schema);
  return schema;
}

/**
 * Takes a query string to values, by the schema: `limit=10` is a number where the procedure takes one. An empty value
 * is none. Rejects a parameter given twice.
 */
export function readQuery(procedure: string, query: URLSearchParams): Record<string, unknown> {
  if (query.size === 0) return {};
  const properties = inputSchema(procedure)?.properties ?? {};
  const values: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const [value = '', ...more] = query.getAll(name);
    if (more.length > 0) throw new TidemarkError('bad-request', `${name} is given more than once`, { field: name });
    if (value !== '') values[name] = toTyped(value, properties[name]?.type);
  }
  return values;
}

function toTyped(value: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}
