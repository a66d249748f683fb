/** A stretch of time that whole buckets of one width cover: from inclusive, to exclusive, in ms since 1970. */
export type TimePiece = { bucketSeconds: 1 | 60 | 3600; from: number; to: number };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Covers a range exactly to the second with as few buckets as the rollups allow: seconds to the next full minute,
 * minutes to the next full hour, hours, and back down. At most 2 × 59 seconds and 2 × 59 minutes beside the hours.
 */
export function timePieces(from: number, to: number): TimePiece[] {
  const start = Math.floor(from / SECOND) * SECOND;
  const end = Math.ceil(to / SECOND) * SECOND;
  return cover(start, end, [HOUR, MINUTE, SECOND]);
}

function cover(from: number, to: number, [width = SECOND, ...finer]: number[]): TimePiece[] {
  if (from >= to) return [];
  const bucketSeconds = (width / SECOND) as TimePiece['bucketSeconds'];
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
