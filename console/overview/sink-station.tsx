import Link from 'next/link';
import { formatCount, formatMs } from '#console/format.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { routes } from '#console/routes.ts';
import { cn } from '#console/ui/cn.ts';
import { STATUS_TONE, StatusShape } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import { TONE_TEXT } from '#console/ui/tone.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { FlowSink } from './flow-model.ts';
import { Station } from './flow-station.tsx';

/** The projections of one sink, each with its way to the mark. */
export function SinkStation({ sink, mark, className }: { sink: FlowSink; mark: string; className?: string }) {
  return (
    <Station
      title={sink.title}
      aside={
        sink.updateMs === null ? undefined : (
          <>
            <span className="@max-[68rem]:sr-only">update </span>
            {formatMs(sink.updateMs)}
          </>
        )
      }
      tone={sink.tone}
      className={className}
    >
      <ul className="flex grow flex-col justify-center px-3 py-1.5">
        {sink.projections.map((projection) => (
          <ProjectionRow key={projection.name} projection={projection} mark={mark} />
        ))}
      </ul>
    </Station>
  );
}

function ProjectionRow({ projection, mark }: { projection: ProjectionStatus; mark: string }) {
  const { kind } = PROJECTION_STATUS[projection.state];
  const tone = kind === 'running' ? undefined : cn('font-medium', TONE_TEXT[STATUS_TONE[kind]]);
  return (
    <li>
      <Link
        href={routes.projection(projection.name)}
        className="-mx-1.5 flex min-h-6 items-center gap-1.5 rounded-badge px-1.5 text-table hover:bg-sunken dark:hover:bg-raised"
      >
        <StatusShape kind={kind} size={11} />
        <span className={cn('w-[3.7rem] shrink-0 truncate pl-0.5', tone)}>{projection.name}</span>
        <TideGauge
          at={gaugeAt(projection, mark)}
          mark={Number(mark)}
          label={`${projection.name}, up to the mark`}
          stalled={kind === 'held' || kind === 'failed'}
          size="sm"
          className="min-w-4 grow"
        />
        {projection.parked > 0 && projection.lagEvents === 0 ? (
          <span className="whitespace-nowrap text-right font-medium text-bad">
            {formatCount(projection.parked)} parked
          </span>
        ) : (
          <span className={cn('whitespace-nowrap text-right', tone ?? 'text-ink-2')}>{progressWord(projection)}</span>
        )}
      </Link>
    </li>
  );
}

/** Where a projection of some categories has nothing left to handle it is at the mark, wherever its checkpoint stands. */
export function gaugeAt({ checkpoint, lagEvents }: ProjectionStatus, mark: string): number {
  return lagEvents === 0 ? Number(mark) : Math.min(Number(checkpoint), Number(mark) - 1);
}

/** How far it is, in the two or three words there is room for. */
export function progressWord({ state, lagEvents }: ProjectionStatus): string {
  const count = lagEvents < 10_000 ? formatCount(lagEvents) : `${formatCount(Math.floor(lagEvents / 1000))}k`;
  const behind = lagEvents === 0 ? 'at the mark' : `${count} behind`;
  return state === 'paused' || state === 'stopped' || state === 'stalled' ? PROJECTION_STATUS[state].word : behind;
}
