/**
 * `2026-01-02 03:04:05.678901+00`, as a session in UTC gives a time, to ISO 8601 to the millisecond. By its letters,
 * because two dates an event cost 1.8 µs, as text 0.5.
 */
export function toIso(value: string): string {
  // A year of five digits, one before Christ and a session that is not in UTC look otherwise.
  if (value[4] !== '-' || !value.endsWith('+00')) return new Date(value).toISOString();
  return `${value.slice(0, 10)}T${value.slice(11, 19)}.${value.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z`;
}
