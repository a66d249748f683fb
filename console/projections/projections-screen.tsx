'use client';

import Link from 'next/link';
import { formatCount, formatMs, formatRate, formatSeconds } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { ProjectionList } from '#console/overview/projection-list.tsx';
import { gaugeAt } from '#console/overview/sink-station.tsx';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { usePulse } from '#console/pulse.tsx';
import { routes } from '#console/routes.ts';
import { Status } from '#console/ui/badge.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ProjectionStatus, ProjectionsStatus } from '#server/projections/status.ts';
import { HeldBanner } from './held-banner.tsx';

/** Every projection, live: how far it has come, how fast, how long it will take. */
export function ProjectionsScreen() {
  const { pulse, asOf } = usePulse();
  const status = pulse?.projections;
  return (
    <Screen
      title="Projections"
      note={status && `${status.projections.length} in all, mark ${formatCount(status.highWaterMark)}`}
    >
      {status === undefined ? (
        <SkeletonLines rows={5} rowHeight={36} label="projections" />
      ) : (
        <div className={asOf === null ? 'flex flex-col gap-4' : 'flex flex-col gap-4 text-ink-3'}>
          <HeldBanner status={status} />
          <div className="max-sm:hidden">
            <ProjectionTable status={status} />
          </div>
          <div className="sm:hidden">
            <ProjectionList status={status} />
          </div>
          <p className="max-w-prose text-ink-3 text-small">
            A projection reads the global order up to the high-water mark, writes its rows and its checkpoint in one
            transaction, and acknowledges. Receipts wait for those that acknowledge commands.
          </p>
        </div>
      )}
    </Screen>
  );
}

function ProjectionTable({ status }: { status: ProjectionsStatus }) {
  return (
    <div className="rounded-card border border-line bg-surface">
      <Table label="Projections" density="comfortable">
        <TableHead>
          <tr>
            <TableHeading>State</TableHeading>
            <TableHeading>Projection</TableHeading>
            <TableHeading>Sink</TableHeading>
            <TableHeading className="w-[24%]">Up to the mark</TableHeading>
            <TableHeading numeric>Behind</TableHeading>
            <TableHeading numeric>Oldest</TableHeading>
            <TableHeading numeric>In</TableHeading>
            <TableHeading numeric>Out</TableHeading>
            <TableHeading numeric className="max-lg:hidden">
              Update
            </TableHeading>
            <TableHeading numeric>Time left</TableHeading>
            <TableHeading numeric className="max-lg:hidden">
              Version
            </TableHeading>
          </tr>
        </TableHead>
        <tbody>
          {status.projections.map((projection) => (
            <Row key={projection.name} projection={projection} mark={status.highWaterMark} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row({ projection, mark }: { projection: ProjectionStatus; mark: string }) {
  const { name, sink, state, lagEvents, lagSeconds, arrivalRate, drainRate, updateMs, etaSeconds, version } =
    projection;
  const { kind, word } = PROJECTION_STATUS[state];
  return (
    <TableRow>
      <TableCell className="w-32">
        <Status status={kind}>{word}</Status>
      </TableCell>
      <TableCell>
        <Link className="font-medium text-tide hover:underline" href={routes.projection(name)}>
          {name}
        </Link>
      </TableCell>
      <TableCell className="text-ink-2">{sink}</TableCell>
      <TableCell>
        <TideGauge
          size="sm"
          at={gaugeAt(projection, mark)}
          mark={Number(mark)}
          label={`${name}, up to the mark`}
          stalled={kind === 'held' || kind === 'failed'}
        />
      </TableCell>
      <TableCell numeric>{lagEvents === 0 ? 'at the mark' : formatCount(lagEvents)}</TableCell>
      <TableCell numeric>{formatSeconds(lagSeconds)}</TableCell>
      <TableCell numeric>{formatRate(arrivalRate)}/s</TableCell>
      <TableCell numeric>{formatRate(drainRate)}/s</TableCell>
      <TableCell numeric className="text-ink-2 max-lg:hidden">
        {formatMs(updateMs)}
      </TableCell>
      <TableCell numeric className="text-ink-2">
        {etaSeconds === null ? 'none' : formatSeconds(etaSeconds)}
      </TableCell>
      <TableCell numeric className="text-ink-2 max-lg:hidden">
        v{version}
      </TableCell>
    </TableRow>
  );
}
