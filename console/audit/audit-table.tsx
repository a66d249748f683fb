'use client';

import { ActName } from '#console/act-name.tsx';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { Status } from '#console/ui/badge.tsx';
import { LongName } from '#console/ui/long-name.tsx';
import type { StatusKind } from '#console/ui/status-shape.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { AuditEntry, AuditOutcome } from '#server/audit/audit.ts';
import { actedOn } from './acted-on.ts';

export const OUTCOME_STATUS: Record<AuditOutcome, StatusKind> = {
  done: 'running',
  refused: 'stopped',
  failed: 'failed',
  unknown: 'held',
};

type Props = { entries: readonly AuditEntry[]; selected: string | null; onOpen(actId: string): void };

/** One row an act. */
export function AuditTable({ entries, selected, onOpen }: Props) {
  const zone = useZone();
  return (
    <div className="rounded-card border border-line bg-surface">
      <Table label="Audit, newest first" density="comfortable">
        <TableHead>
          <tr>
            <TableHeading>Time</TableHeading>
            <TableHeading>Who</TableHeading>
            <TableHeading>Act</TableHeading>
            <TableHeading className="max-lg:hidden">On</TableHeading>
            <TableHeading>Outcome</TableHeading>
            <TableHeading className="w-[26%] xl:w-full">Why</TableHeading>
            <TableHeading className="max-md:hidden">From</TableHeading>
          </tr>
        </TableHead>
        <tbody>
          {entries.map((entry) => (
            <TableRow key={entry.actId} selected={entry.actId === selected}>
              <TableCell className="mono sm:whitespace-nowrap">
                {formatTime(entry.at, zone, { date: 'always' })}
              </TableCell>
              <TableCell className="font-medium xl:whitespace-nowrap">
                {entry.who.name}
                {entry.approvedBy === null ? null : (
                  <span className="font-normal text-ink-2"> with {entry.approvedBy}</span>
                )}
              </TableCell>
              <TableCell className="xl:whitespace-nowrap">
                <button
                  type="button"
                  onClick={() => onOpen(entry.actId)}
                  className="min-h-6 text-left font-medium text-tide hover:underline"
                >
                  <ActName act={entry.act} />
                </button>
              </TableCell>
              <TableCell className="max-w-56 max-lg:hidden">
                <LongName name={actedOn(entry)} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Status status={OUTCOME_STATUS[entry.outcome]}>{entry.outcome}</Status>
                {entry.code === null ? null : <code className="ml-2 text-ink-2">{entry.code}</code>}
              </TableCell>
              <TableCell className="max-w-0 truncate text-ink-2" title={entry.reason ?? undefined}>
                {entry.reason ?? <span className="text-ink-3">no reason asked</span>}
              </TableCell>
              <TableCell className="mono text-ink-2 max-md:hidden">{entry.from.address}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
