import { TidemarkError } from './errors.ts';

/**
 * A place in the global order: a decimal string without sign or leading zeros ("0" is before the first event).
 * A string because JSON numbers lose digits past 2^53; it is the same in the store, in every answer and in every URL.
 */
export type Position = string & { readonly __position: unique symbol };

/** The position before the first event. */
export const START = '0' as Position;

/** The append marker keeps 40 bits for the position, so a position never needs more than 13 digits. */
const POSITION_PATTERN = /^(0|[1-9]\d{0,12})$/;

/** Parses what a caller sent as a position; `field` is the name in the error. Throws `bad-request`. */
export function parsePosition(value: string | number | bigint, field = 'position'): Position {
  const text = String(value);
  if (!POSITION_PATTERN.test(text)) {
    throw new TidemarkError('bad-request', `${field} must be a whole number from 0, written in at most 13 digits`, {
      field,
    });
  }
  return text as Position;
}

/** Below zero where `a` is before `b`, zero where they are equal, above zero where it is after. */
export function comparePositions(a: Position, b: Position): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The later of two positions. */
export function laterPosition(a: Position, b: Position): Position {
  return comparePositions(a, b) >= 0 ? a : b;
}

/** The earlier of two positions. */
export function earlierPosition(a: Position, b: Position): Position {
  return comparePositions(a, b) <= 0 ? a : b;
}

/** How many positions lie after `from` up to and including `to`; 0 where `to` is not past `from`. */
export function positionsBetween(from: Position, to: Position): number {
  return Math.max(0, Number(to) - Number(from));
}
