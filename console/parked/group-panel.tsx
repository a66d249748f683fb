'use client';

import { useRef } from 'react';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useRowKeys } from '#console/keys/use-row-keys.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { ParkedGroup } from '#server/projections/operations.ts';
import { type ParkedAct, RETRY_MAX } from './parked-act.ts';
import { ParkedActSheet } from './parked-act-sheet.tsx';
import { ParkedEventView } from './parked-event.tsx';
import { useParkedEvents } from './use-parked.ts';

type Props = {
  group: ParkedGroup;
  event: string | null;
  act: ParkedAct | null;
  retrying: string | null;
  onEvent(position: string): void;
  onAct(act: ParkedAct | null): void;
  onRetried(requested: number): void;
};

/** A group: its acts, its events, and the chosen one in full. */
export function GroupPanel({ group, event, act, retrying, onEvent, onAct, onRetried }: Props) {
  const zone = useZone();
  const query = useParkedEvents(group);
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const events = (query.data?.events ?? []).filter((one) => one.version === group.version);
  const chosen = events.find(({ globalPosition }) => globalPosition === event) ?? events[0] ?? null;
  const all = group.events > RETRY_MAX ? `first ${formatCount(RETRY_MAX)}` : `all ${formatCount(group.events)}`;
  return (
    <section aria-label="The chosen group" className="min-w-0 rounded-card border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <h2 className="mr-auto min-w-0 grow basis-60 break-words text-lead">{group.message}</h2>
        <Button variant="primary" onClick={() => onAct('retry-one')}>
          Retry one…
        </Button>
        {group.events > 10 ? <Button onClick={() => onAct('retry-ten')}>Retry ten…</Button> : null}
        {group.events > 1 ? <Button onClick={() => onAct('retry-all')}>Retry {all}…</Button> : null}
        <Button variant="danger" onClick={() => onAct('skip-one')}>
          Skip one…
        </Button>
        {group.events > 1 ? (
          <Button variant="danger" onClick={() => onAct('skip-all')}>
            Skip {all}…
          </Button>
        ) : null}
        {retrying === null ? null : (
          <p role="status" className="w-full text-ink-2">
            {retrying}
          </p>
        )}
      </div>
      {query.isPending ? <SkeletonLines rows={4} label="the parked events" /> : null}
      {query.isError && query.data === undefined ? (
        <QueryError
          title="The events could not be read"
          error={query.error}
          onRetry={() => void query.refetch()}
          className="m-4"
        />
      ) : null}
      {events.length === 0 ? null : (
        <div ref={rows} className="max-h-64 overflow-y-auto border-line border-t">
          <Table label="Parked events of the group">
            <TableHead>
              <tr>
                <TableHeading>Position</TableHeading>
                <TableHeading>Stream</TableHeading>
                <TableHeading className="max-sm:hidden">Event</TableHeading>
                <TableHeading numeric>Tried</TableHeading>
                <TableHeading>Again at</TableHeading>
                <TableHeading numeric className="max-sm:hidden">
                  Wait behind it
                </TableHeading>
              </tr>
            </TableHead>
            <tbody>
              {events.map((one) => (
                <TableRow key={one.globalPosition} selected={one.globalPosition === chosen?.globalPosition}>
                  <TableCell>
                    <button
                      type="button"
                      data-row
                      aria-pressed={one.globalPosition === chosen?.globalPosition}
                      className="mono min-h-6 text-tide hover:underline"
                      onClick={() => onEvent(one.globalPosition)}
                    >
                      {formatCount(one.globalPosition)}
                    </button>
                  </TableCell>
                  <TableCell className="mono whitespace-nowrap">{one.streamId}</TableCell>
                  <TableCell className="max-sm:hidden">{one.eventType}</TableCell>
                  <TableCell numeric>{formatCount(one.attempts)}</TableCell>
                  <TableCell className="whitespace-nowrap text-ink-2">
                    {one.nextRetryAt === null ? 'not by itself' : formatTime(one.nextRetryAt, zone)}
                  </TableCell>
                  <TableCell numeric className="max-sm:hidden">
                    {formatCount(one.waiting)}
                  </TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
          {query.data?.nextAfter == null ? null : (
            <p className="border-line border-t px-4 py-2 text-ink-2 text-small">
              The oldest {formatNumberOf(events.length, 'event')} of {formatCount(group.events)}; an act on all takes
              the rest too.
            </p>
          )}
        </div>
      )}
      {chosen === null ? null : (
        <ParkedEventView projection={group.projection} version={group.version} position={chosen.globalPosition} />
      )}
      {act === null ? null : (
        <ParkedActSheet
          key={act}
          act={act}
          group={group}
          event={chosen}
          onRetried={onRetried}
          onClose={() => onAct(null)}
        />
      )}
    </section>
  );
}
