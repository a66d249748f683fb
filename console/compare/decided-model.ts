import type { DecidedExample } from '#server/compare/report.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import { DECIDED_WORD } from './decider-words.ts';
import { cellText, type RowCell } from './differences-model.ts';

/** Two decisions on one command side by side: the answer, the events with their fields, and the state that results. */
export function decidedCells(a: DecidedExample, b: DecidedExample): RowCell[] {
  const cells: RowCell[] = [];
  const add = (column: string, one: string | null, other: string | null) => {
    if (one !== null || other !== null) cells.push({ column, a: one, b: other, differs: one !== other });
  };
  add('answer', DECIDED_WORD[a.outcome], DECIDED_WORD[b.outcome]);
  add('refusal', a.refusal?.code ?? null, b.refusal?.code ?? null);
  for (let index = 0; index < Math.max(a.events.length, b.events.length); index += 1) {
    const one = a.events[index];
    const other = b.events[index];
    add(`event ${index + 1}`, one?.eventType ?? null, other?.eventType ?? null);
    addFields(`event ${index + 1} · `, one?.data, other?.data, add);
  }
  addFields('state · ', asObject(a.state), asObject(b.state), add);
  return cells;
}

function addFields(
  prefix: string,
  a: JsonObject | undefined,
  b: JsonObject | undefined,
  add: (column: string, a: string | null, b: string | null) => void,
): void {
  for (const name of new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])) {
    add(`${prefix}${name}`, a === undefined ? null : cellText(a[name]), b === undefined ? null : cellText(b[name]));
  }
}

function asObject(value: Json): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
