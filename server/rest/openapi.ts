import { z } from 'zod';
import { exportInput } from './export.ts';
import { inputSchema, type JsonSchema } from './procedure-input.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { type ResponseName, responses } from './schemas.ts';

/** The OpenAPI 3.1 document, made of the same table and schemas that answer. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of ROUTES)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  paths['/events/live'] = { get: liveOperation() };
  paths['/events/export'] = { get: exportOperation() };
  paths['/exports/{exportId}/file'] = { get: keptExportOperation() };
  paths['/batch'] = { post: batchOperation() };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tidemark',
      version,
      description: 'An event store on Postgres with a CQRS runtime. The same procedures as tRPC under /api/trpc.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(responses).map(([name, schema]) => [name, toSchema(schema)])),
      responses: {
        Problem: {
          description: 'What went wrong (RFC 9457): code, the field at fault, the request id',
          content: { 'application/problem+json': { schema: reference('Problem') } },
        },
      },
    },
  };
}

function operation(route: Route): object {
  const schema = inputSchema(route.procedure) ?? {};
  const inPath = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
  const properties = schema.properties ?? {};
  const others = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const required = new Set(schema.required);
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: properties[name] ?? { type: 'string' } })),
    ...(route.method === 'GET'
      ? others.map(([name, property]) => ({
          name,
          in: 'query',
          required: required.has(name),
          schema: inQuery(property),
        }))
      : []),
  ];
  const created = route.statusOf && { 201: json('Created', route.response) };
  return {
    operationId: route.procedure,
    summary: route.summary,
    tags: [route.procedure.split('.')[0]],
    parameters,
    ...(route.method === 'POST' && { requestBody: body(others, required) }),
    responses: {
      [route.accepted ? 202 : 200]: json('The answer', route.response),
      ...created,
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function body(properties: [string, JsonSchema][], required: ReadonlySet<string>): object {
  const names = properties.map(([name]) => name);
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: names.filter((name) => required.has(name)),
    additionalProperties: false,
  };
  return { required: true, content: { 'application/json': { schema } } };
}

/** Several names stand in a query string with commas between them, so the array's form is left out. */
function inQuery(schema: JsonSchema): JsonSchema {
  return schema.anyOf ? { type: 'string', description: 'One or several, with commas between them' } : schema;
}

function liveOperation(): object {
  const text = { type: 'string' };
  return {
    operationId: 'events.live',
    summary: 'Server-sent events: the past from `after`, then the present, with no gap between',
    tags: ['events'],
    parameters: [
      ...['after', 'category', 'eventType'].map((name) => ({ name, in: 'query', required: false, schema: text })),
      { name: 'Last-Event-ID', in: 'header', required: false, schema: text },
    ],
    responses: {
      200: {
        description: 'One message an event; its id is the position',
        content: { 'text/event-stream': { schema: text } },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function exportOperation(): object {
  const { properties = {} } = z.toJSONSchema(exportInput, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const text = { type: 'string' };
  return {
    operationId: 'events.export',
    summary:
      'All events under a filter, streamed: CloudEvents a line each, or CSV that no spreadsheet takes for formulas',
    tags: ['events'],
    parameters: Object.entries(properties).map(([name, property]) => ({
      name,
      in: 'query',
      required: false,
      schema: inQuery(property),
    })),
    responses: {
      200: {
        description: 'Up to the position in X-Tidemark-Up-To; a connection that breaks off is an export that failed',
        content: { 'application/x-ndjson': { schema: text }, 'text/csv': { schema: text } },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function keptExportOperation(): object {
  const text = { type: 'string' };
  return {
    operationId: 'exports.file',
    summary: 'The file of an export of yours that is done: begun by exports.start, kept for a day',
    tags: ['events'],
    parameters: [{ name: 'exportId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
    responses: {
      200: {
        description: 'All of it; a connection that breaks off is a download that failed',
        content: { 'application/x-ndjson': { schema: text }, 'text/csv': { schema: text } },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function batchOperation(): object {
  const request = {
    type: 'object',
    properties: { id: { type: 'string' }, method: { const: 'GET' }, path: { type: 'string' } },
    required: ['id', 'method', 'path'],
  };
  const schema = {
    type: 'object',
    properties: { requests: { type: 'array', minItems: 1, maxItems: 10, items: request } },
    required: ['requests'],
  };
  return {
    operationId: 'batch',
    summary: 'Up to ten requests in one, each with its own status',
    tags: ['system'],
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { 200: json('The answers', 'Batch'), default: { $ref: '#/components/responses/Problem' } },
  };
}

function json(description: string, name: ResponseName): object {
  return { description, content: { 'application/json': { schema: reference(name) } } };
}

function reference(name: ResponseName): object {
  return { $ref: `#/components/schemas/${name}` };
}

function toSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  return rest;
}
