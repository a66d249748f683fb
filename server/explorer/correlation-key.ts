/**
 * What `events_by_correlation_key` is built on: 24 bits of the correlation's hash above the 40 of the position, so that
 * one range of the index has the events of a correlation in the order of the store. The text is compared beside it.
 */
const keyOf = (correlation: string, position: string) =>
  `((hashtext(${correlation})::bigint & 16777215) << 40 | ${position})`;

/** Orders the events of one correlation as the store does. */
export const CORRELATION_KEY = keyOf(`(metadata->>'correlationId')`, 'global_position');

/** The key of a correlation's event at a position; both as in `$1`, the correlation a text, the position a bigint. */
export const correlationKeyAt = (parameter: string, position: string) => keyOf(`${parameter}::text`, position);

/** A condition on the correlation that the index answers; `parameter` is the correlation, as in `$1`. */
export function correlatedWith(parameter: string): string {
  const text = `${parameter}::text`;
  return `(metadata->>'correlationId' = ${text}
    and ${CORRELATION_KEY} between ${keyOf(text, '0')} and ${keyOf(text, '1099511627775')})`;
}
