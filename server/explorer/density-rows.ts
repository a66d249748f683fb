import type { Database } from '#db/database.ts';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import type { Position } from '#server/kernel/position.ts';
import { type TimePiece, timePieces } from './time-pieces.ts';

export type TimeRange = { from?: string; to?: string };

/** Up to where the density projection has counted. */
export async function densityCheckpoint(database: Database): Promise<Position> {
  const statement = `select checkpoint from checkpoints where name = 'density'`;
  const [row] = await database.query<{ checkpoint: Position }>(statement);
  return row?.checkpoint ?? ('0' as Position);
}

const BOUNDS = `
  select (select bucket_start from density where bucket_seconds = 1 order by bucket_start limit 1) as from,
         (select bucket_start from density where bucket_seconds = 1 order by bucket_start desc limit 1) as to`;

/** The first and the last second in which something occurred; null where the store is empty. */
export async function timeBounds(database: Database): Promise<{ from: string; to: string } | null> {
  const [row] = await database.query<{ from: string | null; to: string | null }>(BOUNDS);
  if (row?.from == null || row.to == null) return null;
  return { from: row.from, to: new Date(Date.parse(row.to) + 1000).toISOString() };
}

/** The pieces of a range as parameters of a join; open ends reach to the ends of time that Postgres can hold. */
export function piecesOf({ from, to }: TimeRange): TimePiece[] {
  if (from === undefined && to === undefined) return [{ bucketSeconds: WIDEST_LEVEL, from: MIN_MS, to: MAX_MS }];
  return timePieces(from === undefined ? MIN_MS : Date.parse(from), to === undefined ? MAX_MS : Date.parse(to));
}

/** Nothing occurs outside of the years 1 to 9999, and no other is written in four digits. */
const MIN_MS = Date.parse('0001-01-01T00:00:00Z');
const MAX_MS = Date.UTC(10_000, 0, 1);

export function pieceParameters(pieces: readonly TimePiece[]): [number[], string[], string[]] {
  return [
    pieces.map((piece) => piece.bucketSeconds),
    pieces.map((piece) => toTimestamp(piece.from)),
    pieces.map((piece) => toTimestamp(piece.to)),
  ];
}

/** The edges of buckets lie beyond the ends too: `Date` writes such years as +010000, which Postgres does not read. */
function toTimestamp(ms: number): string {
  if (ms <= MIN_MS) return '-infinity';
  if (ms >= MAX_MS) return 'infinity';
  return new Date(ms).toISOString();
}

/**
 * The rows of the rollup in the pieces: use as `from ${DENSITY_IN_PIECES}`, with the pieces as $1 to $3. Each by itself: as a
 * join the planner read all of the rollup for them, which is a row and a half for every event.
 */
export const DENSITY_IN_PIECES = `
  unnest($1::int[], $2::timestamptz[], $3::timestamptz[]) as piece (seconds, piece_from, piece_to) cross join lateral (
    select * from density where bucket_seconds = seconds and bucket_start >= piece_from and bucket_start < piece_to offset 0
  ) d`;
