/**
 * Widths of the buckets that events are counted in, in seconds. Each is a multiple of the one before, and none is more
 * than 60 times as wide, so that any range is covered, and any chart drawn, from few rows however long the history is.
 */
export const DENSITY_LEVELS = [1, 60, 600, 3600, 21_600, 86_400, 2_592_000] as const;

export type DensityLevel = (typeof DENSITY_LEVELS)[number];

/** The widest: all of a history is a row a month, category and type. */
export const WIDEST_LEVEL = 2_592_000 satisfies DensityLevel;
