import type { Position } from '#server/kernel/position.ts';

/** Whether `a` comes after `b` in the global order. Positions have no leading zeros, so the longer one is the later. */
export function isAfter(a: Position, b: Position): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

/** The position right after; as an exclusive bound of a backward read it takes `position` itself in. */
export function justAfter(position: Position): Position {
  return String(BigInt(position) + 1n) as Position;
}
