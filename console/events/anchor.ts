import type { Position } from '#server/kernel/position.ts';

/** Where the table ends and the tail begins: the high-water mark of a moment, by the database's clock. */
export type Anchor = { mark: Position; now: number };
