import Link from 'next/link';
import { useRef } from 'react';
import { formatCount, formatRate, formatSeconds, formatShare } from '#console/format.ts';
import { useRowKeys } from '#console/keys/use-row-keys.ts';
import { gaugeAt } from '#console/overview/sink-station.tsx';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { routes } from '#console/routes.ts';
import { Status } from '#console/ui/badge.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { buildingWord } from './version-acts.ts';
import { timeLeft, versionAt } from './version-progress.ts';

type Props = { projections: readonly ProjectionStatus[]; mark: string };

/** Every projection, a row each: where it is, how fast, what it failed at, and which versions there are. */
export function ProjectionsTable({ projections, mark }: Props) {
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body);
  return (
    <div ref={body} className="rounded-card border border-line bg-surface">
      <Table label="Projections" density="comfortable">
        <TableHead>
          <tr>
            <TableHeading>State</TableHeading>
            <TableHeading>Projection</TableHeading>
            <TableHeading className="w-[22%]">Up to the mark</TableHeading>
            <TableHeading numeric>Behind</TableHeading>
            <TableHeading numeric>Oldest</TableHeading>
            <TableHeading numeric>In</TableHeading>
            <TableHeading numeric>Out</TableHeading>
            <TableHeading numeric>Time left</TableHeading>
            <TableHeading numeric>Parked</TableHeading>
            <TableHeading>Versions</TableHeading>
          </tr>
        </TableHead>
        <tbody>
          {projections.map((projection) => (
            <Row key={projection.name} projection={projection} mark={mark} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Row({ projection, mark }: { projection: ProjectionStatus; mark: string }) {
  const { name, sink, state, lagEvents, lagSeconds, lag, arrivalRate, drainRate, parked } = projection;
  const { kind, word } = PROJECTION_STATUS[state];
  const late = lagSeconds > lag.objectiveSeconds ? 'font-semibold text-warn' : undefined;
  return (
    <TableRow>
      <TableCell>
        <Status status={kind}>{word}</Status>
      </TableCell>
      <TableCell className="py-1.5">
        <Link data-row className="font-medium text-tide hover:underline" href={routes.projection(name)}>
          {name}
        </Link>{' '}
        <span className="text-ink-3 text-small">{sink === 'sql' ? 'SQL' : 'search'}</span>
        {lag.message === null ? null : (
          <span className="block max-w-64 truncate text-ink-2 text-small" title={lag.message}>
            {lag.message}
          </span>
        )}
      </TableCell>
      <TableCell>
        <TideGauge
          size="sm"
          at={gaugeAt(projection, mark)}
          mark={Number(mark)}
          label={`${name}, up to the mark`}
          stalled={kind === 'held' || kind === 'failed'}
        />
      </TableCell>
      <TableCell numeric className={late}>
        {lagEvents === 0 ? 'at the mark' : formatCount(lagEvents)}
      </TableCell>
      <TableCell numeric className={late}>
        {formatSeconds(lagSeconds)}
      </TableCell>
      <TableCell numeric>{formatRate(arrivalRate)}/s</TableCell>
      <TableCell numeric>{formatRate(drainRate)}/s</TableCell>
      <TableCell numeric className="text-ink-2">
        {timeLeft(projection)}
      </TableCell>
      <TableCell numeric>
        {parked === 0 ? (
          <span className="text-ink-2">none</span>
        ) : (
          <Link className="font-semibold text-bad hover:underline" href={routes.projection(name, { tab: 'errors' })}>
            {formatCount(parked)}
          </Link>
        )}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        <Versions projection={projection} mark={mark} />
      </TableCell>
    </TableRow>
  );
}

function Versions({ projection, mark }: { projection: ProjectionStatus; mark: string }) {
  const { name, version, versions } = projection;
  const candidate = versions.find(({ state }) => state === 'building');
  const href = routes.projection(name, { tab: 'versions' });
  return (
    <Link className="text-ink-2 hover:text-ink hover:underline" href={href}>
      v{version}
      {candidate === undefined ? null : (
        <span className="text-tide">
          , v{candidate.version}{' '}
          {candidate.built
            ? buildingWord(candidate)
            : formatShare(Number(mark) === 0 ? 1 : versionAt(candidate, mark) / Number(mark))}
        </span>
      )}
    </Link>
  );
}
