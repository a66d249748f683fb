import { formatCount, formatShare } from '#console/format.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { Status } from '#console/ui/badge.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';

type Props = { projection: ProjectionStatus; mark: string; className?: string };

/** The versions that there are, and how far each has come. */
export function VersionsTable({ projection, mark, className }: Props) {
  const { kind, word } = PROJECTION_STATUS[projection.state];
  return (
    <div className={className}>
      <div className="rounded-card border border-line bg-surface">
        <Table label={`Versions of ${projection.name}`} density="comfortable">
          <TableHead>
            <tr>
              <TableHeading>Version</TableHeading>
              <TableHeading>State</TableHeading>
              <TableHeading className="w-[36%]">Up to the mark</TableHeading>
              <TableHeading numeric>Complete</TableHeading>
              <TableHeading numeric>Checkpoint</TableHeading>
            </tr>
          </TableHead>
          <tbody>
            {projection.versions.map(({ version, state, checkpoint }) => {
              // Where nothing that it handles is left, positions up to the mark are not its own.
              const at = projection.lagEvents === 0 ? Number(mark) : Number(checkpoint);
              return (
                <TableRow key={version}>
                  <TableCell className="font-medium">
                    v{version} <span className="font-normal text-ink-2">{state}</span>
                  </TableCell>
                  <TableCell>
                    <Status status={kind}>{word}</Status>
                  </TableCell>
                  <TableCell>
                    <TideGauge at={at} mark={Number(mark)} label={`v${version}, up to the mark`} />
                  </TableCell>
                  <TableCell numeric>{formatShare(Number(mark) === 0 ? 1 : at / Number(mark))}</TableCell>
                  <TableCell numeric className="mono">
                    {formatCount(checkpoint)}
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
