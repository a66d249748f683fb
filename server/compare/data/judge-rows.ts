import type { Query } from '#db/database.ts';
import type { Rule } from '#server/compare/experiment.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { Inspected } from '#server/projections/engine/inspected.ts';
import { explainParting } from './explain-parting.ts';
import { findParting, type Replayed } from './find-parting.ts';
import type { Judged } from './group-causes.ts';
import { type Difference, tolerates } from './read-differences.ts';
import { eventsOfKeys, openSandbox, type Sandbox } from './replay-both.ts';

/** What tells of a row why it differs. */
export type Judge = (difference: Difference, likely: Judged['cause'] | null) => Promise<Judged>;

type Parts = {
  query: Query;
  upcast: EventStore['upcast'];
  store: string;
  a: Inspected;
  b: Inspected;
  rules: readonly Rule[];
  position: Position;
  /** Keys that will be asked for: their events are read at once. */
  keys: readonly string[];
};

/** Undefined where a row can't be replayed: its code is not here, or its key is not one of a stream. */
export async function openJudge(parts: Parts): Promise<Judge | undefined> {
  const { query, upcast, store, a, b, rules, position, keys } = parts;
  const [ofA, ofB] = [replayable(a.projection), replayable(b.projection)];
  if (ofA === undefined || ofB === undefined) return undefined;
  const sandbox = inOneShape(await openSandbox(query, store, { a: ofA, b: ofB }), rules);
  const linkedBy = [...new Set([...ofA.linkedBy, ...ofB.linkedBy])];
  const categories =
    a.categories === null || b.categories === null ? null : [...new Set([...a.categories, ...b.categories])];
  const events = await eventsOfKeys({ query, upcast }, { keys, upTo: position, linkedBy, categories });
  const equal = (x: JsonObject | null, y: JsonObject | null) => equalRows(x, y, rules);
  return async (difference, likely) => {
    const own = events.get(difference.key) ?? [];
    const replayed = await sandbox.undone(() => findParting(sandbox, difference.key, own, equal));
    const shaped = { ...difference, a: rename(difference.a, rules) };
    const found = explainParting({ difference: shaped, replayed, events: own, byValue: likely });
    return { ...found, parting: partingOf(own, replayed, found.at) };
  };
}

function partingOf(events: readonly RecordedEvent[], replayed: Replayed, at: number | null): Judged['parting'] {
  const event = at === null ? undefined : events[at];
  if (event === undefined || at === null) return null;
  const { globalPosition, streamId, streamVersion, eventType, occurredAt, data } = event;
  const here = replayed.parts === at ? replayed.after : (replayed.seen[at] ?? replayed);
  const before = replayed.parts === at ? replayed.before.a : (replayed.seen[at - 1]?.a ?? null);
  return {
    globalPosition,
    streamId,
    streamVersion,
    eventType,
    occurredAt,
    data,
    equalFor: at,
    events: events.length,
    before,
    a: here.a,
    b: here.b,
  };
}

function replayable(projection: Projection | undefined) {
  const rows = projection?.rows;
  if (projection === undefined || rows === undefined) return undefined;
  if ('keyIs' in rows) return { projection, table: rows.table, key: rows.key, linkedBy: [] };
  return rows.linkedBy === undefined
    ? undefined
    : { projection, table: rows.table, key: rows.key, linkedBy: rows.linkedBy };
}

/** Rows of version a under the names of version b. */
function inOneShape(sandbox: Sandbox, rules: readonly Rule[]): Sandbox {
  return {
    ...sandbox,
    row: async (side, key) => {
      const row = await sandbox.row(side, key);
      return side === 'a' ? rename(row, rules) : row;
    },
  };
}

function rename(row: JsonObject | null, rules: readonly Rule[]): JsonObject | null {
  if (row === null) return null;
  const names = new Map(rules.flatMap((rule) => (rule.kind === 'renamed' ? [[rule.from, rule.to] as const] : [])));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [names.get(name) ?? name, value]));
}

/** Over the columns that both have; what a rule tolerates is equal. */
function equalRows(a: JsonObject | null, b: JsonObject | null, rules: readonly Rule[]): boolean {
  if (a === null || b === null) return a === b;
  return Object.keys(a)
    .filter((field) => Object.hasOwn(b, field))
    .every((field) => {
      const difference = { field, a: a[field] ?? null, b: b[field] ?? null };
      return (
        JSON.stringify(difference.a) === JSON.stringify(difference.b) ||
        rules.some((rule) => tolerates(rule, difference))
      );
    });
}
