import { formatCount, formatShare } from '#console/format.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { Status } from '#console/ui/badge.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { roleOf } from './version-acts.ts';
import { timeLeftOf, versionAt } from './version-progress.ts';
import { VersionSwatch } from './version-swatch.tsx';

type Props = { projection: ProjectionStatus; mark: string; className?: string };

/** The versions that there are, and how far each has come. */
export function VersionsTable({ projection, mark, className }: Props) {
  const versions = projection.versions.filter(({ state }) => state !== 'scratch');
  return (
    <div className={className}>
      <div className="rounded-card border border-line bg-surface">
        <Table label={`Versions of ${projection.name}`} density="comfortable">
          <TableHead>
            <tr>
              <TableHeading>Version</TableHeading>
              <TableHeading>State</TableHeading>
              <TableHeading className="w-[32%]">Up to the mark</TableHeading>
              <TableHeading numeric>Complete</TableHeading>
              <TableHeading numeric>Behind</TableHeading>
              <TableHeading numeric>Time left</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {versions.map((version) => {
              const { kind, word } = PROJECTION_STATUS[version.run];
              const at = versionAt(version, mark);
              return (
                <TableRow key={version.version}>
                  <TableCell className="whitespace-nowrap font-medium">
                    <span className="flex items-center gap-2">
                      <VersionSwatch serving={version.state === 'serving'} />v{version.version}
                      <span className="font-normal text-ink-2">{roleOf(projection, version)}</span>
                    </span>
                  </TableCell>
                  <TableCell>
                    <Status status={kind}>{word}</Status>
                  </TableCell>
                  <TableCell>
                    <TideGauge
                      at={at}
                      mark={Number(mark)}
                      label={`v${version.version}, up to the mark`}
                      stalled={kind === 'held' || kind === 'failed'}
                    />
                  </TableCell>
                  <TableCell numeric>{formatShare(Number(mark) === 0 ? 1 : at / Number(mark))}</TableCell>
                  <TableCell numeric>{formatCount(version.lagEvents)}</TableCell>
                  <TableCell numeric className="text-ink-2">
                    {timeLeftOf(version, version.state === 'serving' ? projection.lag.eta : null)}
                  </TableCell>
                </TableRow>
              );
            })}
          </tbody>
        </Table>
      </div>
    </div>
  );
}
