import type { Cause } from '#server/compare/experiment.ts';
import type { Side } from '#server/compare/report.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { Replayed } from './find-parting.ts';
import type { Difference } from './read-differences.ts';
import { valueCauses } from './value-causes.ts';

export type Explained = { cause: Cause; explanation: string; wrong: Side | null; at: number | null };

type Found = {
  difference: Difference;
  replayed: Replayed;
  events: readonly RecordedEvent[];
  /** What the values of the first field allow, among the rows that differ in the same fields. */
  byValue: Cause | null;
};

const OTHER: Record<Side, Side> = { a: 'b', b: 'a' };

/**
 * Why the rows of one key differ. First whether a stored row is what its own code makes: if not, it was edited, or an
 * event was lost. Then what happened at the event at which the two codes part: one kept what was there before (it does
 * not handle the event, holds an old joined value, or takes another order), or made another value, and its shape tells.
 */
export function explainParting(found: Found): Explained {
  return unlikeItsCode(found) ?? atTheEvent(found);
}

function unlikeItsCode({ difference, replayed, events }: Found): Explained | undefined {
  for (const side of ['a', 'b'] as const) {
    const stored = difference[side];
    const made = replayed[side];
    const fields = difference.kind === 'changed' ? difference.fields.map((one) => one.field) : ['*'];
    if (same(stored, made, fields)) continue;
    // A key that no event makes: a row that its code added or that a hand did.
    if (events.length === 0) {
      if (difference.kind === 'changed') continue;
      const twin = difference.kind === 'only_b' ? 'b' : 'a';
      return {
        cause: 'extra_row',
        explanation: `no event makes this key, and version ${twin} has a row for it`,
        wrong: twin,
        at: null,
      };
    }
    const step = replayed.seen.findLastIndex((one) => same(stored, one[side], fields));
    const lost = step >= 0 ? replayed.seen[step + 1]?.event : stored === null ? events[0] : undefined;
    if (lost !== undefined && same(difference[OTHER[side]], replayed[OTHER[side]], fields)) {
      return {
        cause: 'lost_event',
        explanation: `the row of version ${side} is as it was before ${lost.eventType}: what its own code makes of it is not there`,
        wrong: side,
        at: step + 1,
      };
    }
    const last = replayed.seen.findLastIndex(
      (one, index) => !same(one[side], replayed.seen[index - 1]?.[side] ?? null, fields),
    );
    return {
      cause: 'hand_made_patch',
      explanation: `its own code never makes ${fields.join(', ')} what version ${side} has stored`,
      wrong: side,
      at: last < 0 ? events.length - 1 : last,
    };
  }
  return undefined;
}

function atTheEvent({ difference, replayed, events, byValue }: Found): Explained {
  const { parts, before, after, wroteElsewhere, asOnePage } = replayed;
  const event = parts === null ? undefined : events[parts];
  if (event === undefined) {
    const cause =
      byValue ?? (difference.kind === 'only_a' ? 'missing_row' : difference.kind === 'only_b' ? 'extra_row' : 'other');
    return { cause, explanation: 'a replay of its events does not show where they part', wrong: null, at: null };
  }
  const at = parts;
  const { eventType } = event;
  if (asOnePage) {
    return {
      cause: 'order',
      explanation: `they part where ${eventType} comes in one page with what is before it: one takes another order`,
      wrong: null,
      at,
    };
  }
  const fields = Object.keys({ ...after.a, ...after.b }).filter((field) => !same(after.a, after.b, [field]));
  const late = events.slice(0, parts ?? 0).some((earlier) => earlier.occurredAt > event.occurredAt);
  for (const side of ['b', 'a'] as const) {
    const other = OTHER[side];
    const had = before[side];
    const kept =
      same(after[side], had, fields.length === 0 ? ['*'] : fields) && (had === null) === (after[side] === null);
    if (had !== null && after[side] === null) {
      return { cause: 'missing_row', explanation: `version ${side} removes the row at ${eventType}`, wrong: null, at };
    }
    if (!kept || same(after[other], before[other], fields)) continue;
    if (late) {
      return {
        cause: 'order',
        explanation: `${eventType} occurred before an event that was recorded earlier, and version ${side} leaves it out`,
        wrong: side,
        at,
      };
    }
    if (wroteElsewhere[side]) {
      return {
        cause: 'stale_join',
        explanation: `version ${side} takes ${eventType} into another table, and the row keeps what it had joined before`,
        wrong: side,
        at,
      };
    }
    if (had === null && replayed[side] === null) {
      return { cause: 'missing_row', explanation: `version ${side} makes no row of this key`, wrong: side, at };
    }
    return {
      cause: 'missing_event_type',
      explanation: `version ${side} leaves ${fields.join(', ') || 'the row'} as it was before ${eventType}`,
      wrong: side,
      at,
    };
  }
  const [field = ''] = difference.fields.map((one) => one.field).filter((one) => fields.includes(one));
  const name = field === '' ? (fields[0] ?? '') : field;
  const [x, y] = [after.a?.[name] ?? null, after.b?.[name] ?? null];
  const earlier = replayed.seen.slice(0, parts ?? 0);
  const value = `${name} becomes ${show(x)} in version a and ${show(y)} in version b at ${eventType}`;
  const wrong = sideAgainst(event.data, x, y);
  const here = valueCauses({ a: x, b: y });
  const shape = byValue !== null && (here.includes(byValue) || here.length === 0) ? byValue : (here[0] ?? null);
  if (twice(before.a?.[name] ?? null, x, y))
    return { cause: 'duplicates', explanation: `${value}: the event counts twice`, wrong, at };
  if (
    shape === null &&
    earlier.some((one) => JSON.stringify(one.a?.[name] ?? null) === JSON.stringify(y) && y !== null)
  ) {
    const cause =
      wroteElsewhere.b || wroteElsewhere.a || events.some((one) => one.streamId !== event.streamId)
        ? 'stale_join'
        : 'order';
    return { cause, explanation: `${value}: that was its value before`, wrong: 'b', at };
  }
  if (shape !== null) return { cause: shape, explanation: value, wrong, at };
  const mapped = typeof x === 'string' && typeof y === 'string';
  return { cause: mapped ? 'mapping' : 'other', explanation: value, wrong, at };
}

/** The side whose value the event does not say while it says the other's; null where it says both or neither. */
function sideAgainst(data: JsonObject, a: Json, b: Json): Side | null {
  const [hasA, hasB] = [says(data, a), says(data, b)];
  if (hasA === hasB) return null;
  return hasA ? 'b' : 'a';
}

function says(data: Json, value: Json): boolean {
  if (value === null || typeof value === 'boolean') return false;
  if (data === value) return true;
  if (typeof data !== 'object' || data === null) return false;
  return Object.values(data).some((inner) => says(inner as Json, value));
}

/** From a value that both had, one went twice as far. */
function twice(before: Json, a: Json, b: Json): boolean {
  if (typeof before !== 'number' || typeof a !== 'number' || typeof b !== 'number' || before === 0) return false;
  const [x, y] = [a - before, b - before];
  return x !== 0 && y !== 0 && (y === 2 * x || x === 2 * y);
}

function same(a: JsonObject | null, b: JsonObject | null, fields: readonly string[]): boolean {
  if (fields[0] === '*') return (a === null) === (b === null);
  return fields.every((field) => JSON.stringify(a?.[field] ?? null) === JSON.stringify(b?.[field] ?? null));
}

function show(value: Json): string {
  return value === null ? 'null' : JSON.stringify(value);
}
