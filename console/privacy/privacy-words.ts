import type { RadiusFact } from '#console/blast-radius/blast-radius-sheet.tsx';
import { formatCount } from '#console/format.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { PrivacyRadius } from '#server/privacy/privacy.ts';

/** What the server puts in place of a private value, and of a person's after their key was destroyed. */
const PLACEHOLDERS: readonly Json[] = ['•••', '(forgotten)'];

const REDACTED = '$redacted';

/** Whether a payload has a field that is not shown as it is, at its top: the others are nobody's secret. */
export function hasPrivate(data: JsonObject): boolean {
  return REDACTED in data || Object.values(data).some((value) => PLACEHOLDERS.includes(value ?? null));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const [last = '', ...before] = [...names].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} and ${last}`;
}

/** The figures of a redaction, as the sheet lists them. */
export function redactionFacts(radius: PrivacyRadius): RadiusFact[] {
  const { commands, snapshots, rows, notRemade } = radius;
  return [
    { label: 'Events', figure: '1', basis: 'keeps its position, version, id, type and metadata' },
    { label: 'Commands', figure: formatCount(commands), basis: 'their data, and the states in their receipts' },
    { label: 'Snapshots', figure: formatCount(snapshots), basis: 'of the stream; they are made again when needed' },
    {
      label: 'Rows made anew',
      figure: formatCount(rows.length),
      basis: rows.map(({ name, version }) => `${name} v${version}`).join(', ') || 'no read model has a row of it',
    },
    ...(notRemade.length === 0
      ? []
      : [{ label: 'To rebuild', figure: listed(notRemade), basis: 'they do not say which rows a stream made' }]),
  ];
}

/** The figures of forgetting a person. */
export function forgettingFacts(radius: {
  keys: number;
  events: number;
  streams: number;
  eventsLookedAt: number;
}): RadiusFact[] {
  const looked = `among the newest ${formatCount(radius.eventsLookedAt)}; older ones go with the key all the same`;
  return [
    { label: 'Keys destroyed', figure: formatCount(radius.keys), basis: 'in one statement, for every process at once' },
    { label: 'Events', figure: formatCount(radius.events), basis: looked },
    { label: 'Streams', figure: formatCount(radius.streams), basis: 'they go on; only personal fields are gone' },
    { label: 'Rows made anew', figure: 'none', basis: 'read models and search have sealed values only' },
  ];
}
