import { AUDIT_ROUTES } from './audit-routes.ts';
import { COMPARE_ROUTES } from './compare-routes.ts';
import { EXPLORER_ROUTES } from './explorer-routes.ts';
import { GATEWAY_ROUTES } from './gateway-routes.ts';
import { IDENTITY_ROUTES } from './identity-routes.ts';
import { LAG_ROUTES } from './lag-routes.ts';
import { PRIVACY_ROUTES } from './privacy-routes.ts';
import { PROCESS_ROUTES } from './process-routes.ts';
import { PROJECTION_ROUTES } from './projection-routes.ts';
import type { Route } from './route.ts';
import { TIMELINE_ROUTES } from './timeline-routes.ts';

const createdUnlessDuplicate = (answer: unknown) => ((answer as { duplicate: boolean }).duplicate ? 200 : 201);

/** Every address but `/events/live`, `/batch` and `/openapi.json`, which are no procedures. */
export const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: '/streams/{streamId}/events',
    procedure: 'streams.append',
    summary: 'Append events to a stream, all of them or none; the same event ids again give the first answer',
    response: 'Appended',
    statusOf: createdUnlessDuplicate,
  },
  { method: 'GET', path: '/streams', procedure: 'streams.list', summary: 'Streams by id', response: 'Streams' },
  {
    method: 'GET',
    path: '/streams/{streamId}/events',
    procedure: 'streams.events',
    summary: 'The events of a stream by version',
    response: 'StreamEvents',
  },
  {
    method: 'GET',
    path: '/streams/{streamId}/state',
    procedure: 'streams.state',
    summary: 'The state of a stream now, at a version or at a time',
    response: 'State',
  },
  {
    method: 'GET',
    path: '/streams/{streamId}/diff',
    procedure: 'streams.diff',
    summary: 'What changed between two versions, as a JSON Patch (RFC 6902)',
    response: 'Diff',
  },
  {
    method: 'GET',
    path: '/events',
    procedure: 'events.list',
    summary: 'Events in global order: no skip, no repeat',
    response: 'Events',
  },
  {
    method: 'GET',
    path: '/events/density',
    procedure: 'events.density',
    summary: 'Counts of events by time, over the whole range',
    response: 'Density',
  },
  {
    method: 'GET',
    path: '/events/{globalPosition}',
    procedure: 'events.get',
    summary: 'One event by its position',
    response: 'Event',
  },
  {
    method: 'GET',
    path: '/commands',
    procedure: 'commands.types',
    summary: 'The command types with their JSON Schema',
    response: 'CommandTypes',
  },
  {
    method: 'GET',
    path: '/commands/runs',
    procedure: 'commands.runs',
    summary: 'Commands that were sent, newest first',
    response: 'Runs',
  },
  {
    method: 'GET',
    path: '/commands/runs/{commandId}',
    procedure: 'commands.run',
    summary: 'The receipt of a command, later',
    response: 'Receipt',
  },
  {
    method: 'GET',
    path: '/commands/{commandType}',
    procedure: 'commands.type',
    summary: 'One command type',
    response: 'CommandType',
  },
  {
    method: 'POST',
    path: '/commands/{commandType}',
    procedure: 'commands.send',
    summary: 'Send a command; a refusal answers 422 with its code and the current state',
    response: 'Receipt',
  },
  {
    method: 'POST',
    path: '/commands/{commandType}/what-if',
    procedure: 'commands.whatIf',
    summary: 'Try a command on the state at an earlier version; nothing is written',
    response: 'WhatIf',
  },
  {
    method: 'GET',
    path: '/read-models/{name}',
    procedure: 'readModels.list',
    summary: 'Rows of a read model; with atLeast it waits until the projection has passed that position',
    response: 'ReadModel',
  },
  {
    method: 'GET',
    path: '/search',
    procedure: 'search.query',
    summary: 'Full text over every stream; misspelt words and prefixes find too',
    response: 'Hits',
  },
  ...EXPLORER_ROUTES,
  ...TIMELINE_ROUTES,
  ...IDENTITY_ROUTES,
  ...LAG_ROUTES,
  ...PROCESS_ROUTES,
  ...GATEWAY_ROUTES,
  ...AUDIT_ROUTES,
  ...PRIVACY_ROUTES,
  ...PROJECTION_ROUTES,
  ...COMPARE_ROUTES,
];

/** Stands for a part that is a name: no part of a path has a slash. */
const NAME = '/';

/** An address by its parts; those that are names stand by where they are. */
type Compiled = { route: Route; parts: string[]; names: { name: string; at: number }[] };

/** Routes by how many names their address has, so that `/events/density` is found before it can be a position. */
const compiled: Compiled[] = ROUTES.map((route) => {
  const parts = route.path.split('/');
  const names = parts.flatMap((part, at) => (part.startsWith('{') ? [{ name: part.slice(1, -1), at }] : []));
  for (const { at } of names) parts[at] = NAME;
  return { route, parts, names };
}).sort((a, b) => a.names.length - b.names.length);

/** By first part, and of those by number of parts: of some hundred addresses a request is compared with these few. */
const byFirstPart = new Map<string, Compiled[][]>();
for (const one of compiled) {
  const [, first = '', ...more] = one.parts;
  const byLength = byFirstPart.get(first) ?? [];
  byFirstPart.set(first, byLength);
  byLength[more.length] = [...(byLength[more.length] ?? []), one];
}

export type Match = { route: Route; parameters: Record<string, string> };

/** The route of an address, or the methods that it takes where this is none of them. */
export function matchRoute(method: string, path: string): Match | { allow: string[] } {
  const parts = path.split('/');
  const allow: string[] = [];
  let names: number | undefined;
  for (const one of byFirstPart.get(parts[1] ?? '')?.[parts.length - 2] ?? []) {
    // An address that is written out is not also a name: `/commands/runs` is never the command type `runs`.
    if (names !== undefined && one.names.length > names) break;
    if (!fits(one, parts)) continue;
    if (one.route.method === method) return { route: one.route, parameters: parametersOf(one, parts) };
    names = one.names.length;
    if (!allow.includes(one.route.method)) allow.push(one.route.method);
  }
  return { allow };
}

/** A part that is a name takes any text but none. */
function fits(one: Compiled, parts: readonly string[]): boolean {
  for (let at = 1; at < parts.length; at += 1) {
    const wanted = one.parts[at];
    if (wanted === NAME ? parts[at] === '' : parts[at] !== wanted) return false;
  }
  return true;
}

function parametersOf({ names }: Compiled, parts: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const { name, at } of names) parameters[name] = parts[at] ?? '';
  return parameters;
}
