/**
 * What the writer believes about the stream: the exact version it decided on, or one of three wider beliefs.
 * `no_stream` and 0 mean the same.
 */
export type ExpectedVersion = number | 'any' | 'no_stream' | 'stream_exists';

/** How the append function takes an expected version: a version, or -1 for any, -2 for stream_exists. */
export function expectedVersionToSql(expected: ExpectedVersion): number {
  switch (expected) {
    case 'any':
      return -1;
    case 'stream_exists':
      return -2;
    case 'no_stream':
      return 0;
    default:
      return expected;
  }
}

/** Whether a stream at `actual` (0: not there) fits the belief. */
export function versionMatches(expected: ExpectedVersion, actual: number): boolean {
  switch (expected) {
    case 'any':
      return true;
    case 'stream_exists':
      return actual > 0;
    case 'no_stream':
      return actual === 0;
    default:
      return actual === expected;
  }
}
