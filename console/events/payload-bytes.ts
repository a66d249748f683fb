/** What a row of a list needs of a payload: a line. */
export const LISTED_BYTES_MAX = 2000;

/** Larger ones are shown as a preview, until all of it is asked for. */
export const SHOWN_BYTES_MAX = 64_000;
