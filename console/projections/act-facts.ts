import type { RadiusFact } from '#console/blast-radius/blast-radius-sheet.tsx';
import { formatBytes, formatCount, formatSeconds } from '#console/format.ts';
import type { BlastRadius } from '#server/projections/operations.ts';

/** The figures of a blast radius, as the sheet lists them; what does not apply says so instead of being left out. */
export function factsOf(
  radius: BlastRadius,
  categories: readonly string[] | null,
  { bound = null, lifted = null }: { bound?: number | null; lifted?: number | null } = {},
): RadiusFact[] {
  const { act, version, eventsToRead, time, rows, rowsCounted, bytes, effects } = radius;
  const of = categories === null ? 'of every category' : `of category ${categories.join(', ')}`;
  return [
    {
      label: 'Events to read',
      figure: formatCount(eventsToRead),
      basis: eventsToRead === 0 ? 'nothing is applied again' : act === 'rebuild' ? `${of}, up to the mark` : of,
    },
    {
      label: 'Time',
      figure: time === null ? (eventsToRead === 0 ? 'at once' : 'not known') : formatSeconds(time.seconds),
      basis:
        time === null
          ? eventsToRead === 0
            ? 'one transaction'
            : 'no batch has been measured yet'
          : `${formatSeconds(time.low)} to ${formatSeconds(time.high)}, ${
              isBoundBy(bound, eventsToRead, time.seconds)
                ? `at ${formatCount(bound)} events a second`
                : 'by the batches measured'
            }`,
    },
    ...feltBy(radius),
    ...(lifted === null
      ? []
      : [
          {
            label: 'Speed',
            figure: 'as fast as it goes',
            basis: `the bound of ${formatCount(lifted)} events/s ends with the build`,
          },
        ]),
    {
      label: ROWS[act] ?? 'Rows touched',
      figure: rowsCounted ? formatCount(rows) : `about ${formatCount(Math.round(rows))}`,
      basis: rowsBasis(radius),
    },
    {
      label: 'Disk',
      figure: bytes === 0 ? 'unchanged' : formatBytes(bytes),
      basis: bytes === 0 ? undefined : (DISK[act] ?? `the tables of v${version}`),
    },
    {
      label: 'Side effects',
      figure: effects.length === 0 ? 'none' : formatCount(effects.length),
      basis: effects.length === 0 ? 'nothing outside the read model' : effects.join('; '),
    },
  ];
}

function isBoundBy(bound: number | null, events: number, seconds: number): bound is number {
  return bound !== null && Math.abs(events / bound - seconds) < 1e-6;
}

/** Reads are written down up to so many a minute, by each process. */
const READS_SAMPLED_MAX = 600;

/** Who feels that the version which readers see is held or slowed, as many as there were in the last minute. */
function feltBy({ act, version, serving, lastMinute }: BlastRadius): RadiusFact[] {
  if (!serving || (act !== 'pause' && act !== 'throttle')) return [];
  const { reads, commands } = lastMinute;
  const orMore = reads >= READS_SAMPLED_MAX ? ' or more' : '';
  return [
    {
      label: 'Reads',
      figure: `${formatCount(reads)}${orMore} a minute`,
      basis: `see v${version}, however old it gets`,
    },
    { label: 'Commands', figure: `${formatCount(commands)} a minute`, basis: 'accepted, whose receipts wait for it' },
  ];
}

const ROWS: Partial<Record<BlastRadius['act'], string>> = {
  rebuild: 'Rows written',
  promote: 'Rows that readers see',
  rollback: 'Rows that readers see',
  cancel: 'Rows dropped',
  drop: 'Rows dropped',
};

const DISK: Partial<Record<BlastRadius['act'], string>> = {
  rebuild: 'about as much as the serving version takes',
  cancel: 'comes free',
  drop: 'comes free',
};

function rowsBasis({ act, version, rows }: BlastRadius): string | undefined {
  if (act === 'rebuild') return `in tables of its own; readers stay with v${version}`;
  if (act === 'promote' || act === 'rollback') return `of v${version}, switched in one transaction`;
  if (act === 'rewind') return 'by the events after the position';
  return rows === 0 ? 'no row changes' : `of v${version}`;
}
