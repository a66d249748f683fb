'use client';

import Link from 'next/link';
import { formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { cn } from '#console/ui/cn.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { ParkedGroup } from '#server/projections/operations.ts';

type Props = {
  groups: readonly ParkedGroup[];
  /** The key of the chosen one. */
  chosen: string | null;
  hrefOf: (group: ParkedGroup) => string;
};

/** What stands for a group in an address: it is of one version of one projection. */
export function groupKey({ projection, version, fingerprint }: ParkedGroup): string {
  return `${projection}.${version}.${fingerprint}`;
}

/** One row a kind of failure, the most frequent first. */
export function GroupList({ groups, chosen, hrefOf }: Props) {
  const zone = useZone();
  return (
    <ul aria-label="Groups of parked events" className="overflow-hidden rounded-card border border-line bg-surface">
      {groups.map((group) => {
        const key = groupKey(group);
        const { projection, version, message, events, streams, waiting, eventTypes, firstAt, lastAt } = group;
        return (
          <li key={key} className="border-line border-b last:border-b-0">
            <Link
              data-row
              href={hrefOf(group)}
              aria-current={key === chosen ? 'true' : undefined}
              className={cn(
                'flex items-start gap-3 px-4 py-2.5 -outline-offset-2 hover:bg-sunken dark:hover:bg-raised',
                key === chosen && 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]',
              )}
            >
              <StatusShape kind="failed" size={14} className="mt-1" />
              <span className="min-w-0 grow">
                <span className="block break-words font-semibold">{message}</span>
                <span className="block text-ink-2">
                  {formatNumberOf(events, 'event')} of {formatNumberOf(streams, 'stream')} in {projection} v{version}:{' '}
                  {eventTypes.join(', ')}
                </span>
                <span className="block text-ink-3 text-small">
                  First {formatTime(firstAt, zone)}, last {formatTime(lastAt, zone)}.{' '}
                  {waiting === 0
                    ? 'No later event waits.'
                    : `Later events of these streams wait: ${waiting}. Other streams are not delayed.`}
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
