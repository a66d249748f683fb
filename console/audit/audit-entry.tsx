'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { ActName } from '#console/act-name.tsx';
import { formatCount, formatMs } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import type { AuditEntry } from '#server/audit/audit.ts';
import { OUTCOME_STATUS } from './audit-table.tsx';

/** One act with all that is on record of it. */
export function AuditEntrySheet({ entry, onClose }: { entry: AuditEntry | undefined; onClose(): void }) {
  const zone = useZone();
  return (
    <Sheet
      open={entry !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      modal={false}
      title={entry === undefined ? '' : <ActName act={entry.act} />}
      note={entry && `${entry.who.name}, ${formatTime(entry.at, zone, { date: 'always' })}`}
    >
      {entry === undefined ? null : (
        <dl className="flex flex-col gap-3">
          <Item name="Outcome">
            <Status status={OUTCOME_STATUS[entry.outcome]}>{entry.outcome}</Status>
            {entry.code === null ? null : <code className="ml-2">{entry.code}</code>}
            {entry.durationMs === null ? null : (
              <span className="ml-2 text-ink-2">after {formatMs(entry.durationMs)}</span>
            )}
          </Item>
          <Item name="Why">{entry.reason ?? 'No reason is asked for this act.'}</Item>
          <Item name="Who">
            {entry.who.name}, {entry.who.kind}, {entry.who.role}
          </Item>
          {entry.approvedBy === null ? null : <Item name="Approved by">{entry.approvedBy}</Item>}
          <Item name="From">
            <code>{entry.from.address}</code>
            <span className="block break-words text-ink-2 text-small">{entry.from.userAgent ?? 'no user agent'}</span>
          </Item>
          <Item name="Asked for">
            <JsonTree label="Asked for" value={entry.input} />
          </Item>
          <Item name="Answer">
            <JsonTree label="Answer" value={entry.result} />
          </Item>
          <Item name="Request">
            <code className="select-all break-all">{entry.requestId}</code>
          </Item>
          <Item name="Event">
            <Link className="text-tide hover:underline" href={routes.event(entry.globalPosition)}>
              position {formatCount(entry.globalPosition)}
            </Link>
            <code className="mt-1 block select-all break-all text-ink-2">{entry.hash}</code>
          </Item>
        </dl>
      )}
    </Sheet>
  );
}

function Item({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-line border-t pt-2">
      <dt className="text-ink-3 text-small">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
