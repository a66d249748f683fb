import { DENSITY_LEVELS, type DensityLevel } from '#server/kernel/density-levels.ts';

/** A stretch of time that whole buckets of one width cover: from inclusive, to exclusive, in ms since 1970. */
export type TimePiece = { bucketSeconds: DensityLevel; from: number; to: number };

const SECOND = 1000;

/**
 * Covers a range exactly to the second with as few buckets as the rollups allow: seconds to the next full minute, and so
 * on up to the widest, and back down. At most 2 × 59 seconds, 2 × 9 minutes … 2 × 29 days beside the months.
 */
export function timePieces(from: number, to: number): TimePiece[] {
  const start = Math.floor(from / SECOND) * SECOND;
  const end = Math.ceil(to / SECOND) * SECOND;
  return cover(start, end, DENSITY_LEVELS.toReversed());
}

function cover(from: number, to: number, [bucketSeconds = 1, ...finer]: readonly DensityLevel[]): TimePiece[] {
  if (from >= to) return [];
  const width = bucketSeconds * SECOND;
  if (finer.length === 0) return [{ bucketSeconds, from, to }];
  const first = Math.ceil(from / width) * width;
  const last = Math.floor(to / width) * width;
  if (first >= last) return cover(from, to, finer);
  return [...cover(from, first, finer), { bucketSeconds, from: first, to: last }, ...cover(last, to, finer)];
}

const NICE_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  1_209_600, 2_592_000, 7_776_000, 31_536_000, 315_360_000, 3_153_600_000,
];

/** The narrowest width of even numbers that cuts the range into at most `bucketsMax` buckets. */
export function bucketWidth(from: number, to: number, bucketsMax: number): number {
  const fits = (seconds: number) => {
    const width = seconds * SECOND;
    return Math.ceil(to / width) - Math.floor(from / width) <= bucketsMax;
  };
  return NICE_SECONDS.find(fits) ?? Math.ceil((to - from) / SECOND);
}

/** The widest level whose buckets fill one of this width. */
export function levelOf(bucketSeconds: number): DensityLevel {
  return DENSITY_LEVELS.findLast((level) => bucketSeconds % level === 0) ?? 1;
}
