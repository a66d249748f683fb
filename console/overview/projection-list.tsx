import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatSeconds } from '#console/format.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { routes } from '#console/routes.ts';
import { cn } from '#console/ui/cn.ts';
import { STATUS_TONE, StatusShape } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import { TONE_TEXT } from '#console/ui/tone.ts';
import type { ProjectionsStatus } from '#server/projections/status.ts';
import { gaugeAt, progressWord } from './sink-station.tsx';

/** In place of the Flow on a small screen: each projection and its way to the mark. */
export function ProjectionList({ status }: { status: ProjectionsStatus }) {
  return (
    <section aria-label="Projections">
      <h2 className="pb-2 font-semibold">Projections</h2>
      <ul className="overflow-hidden rounded-card border border-line bg-surface">
        {status.projections.map((projection) => {
          const { kind } = PROJECTION_STATUS[projection.state];
          const age = projection.lagSeconds > 0 ? `, ${formatSeconds(projection.lagSeconds)}` : '';
          return (
            <li key={projection.name} className="border-line border-b last:border-b-0">
              <Link
                href={routes.projection(projection.name)}
                className="flex min-h-[52px] items-center gap-3 px-4 py-2"
              >
                <StatusShape kind={kind} />
                <span className="w-20 shrink-0 truncate font-medium">{projection.name}</span>
                <span className="min-w-0 grow">
                  <span
                    className={cn(
                      'block pb-1 text-small',
                      kind === 'running' ? 'text-ink-2' : TONE_TEXT[STATUS_TONE[kind]],
                    )}
                  >
                    {progressWord(projection)}
                    {age}
                    {projection.parked === 0 ? null : (
                      <span className="font-medium text-bad">, {formatCount(projection.parked)} parked</span>
                    )}
                  </span>
                  <TideGauge
                    at={gaugeAt(projection, status.highWaterMark)}
                    mark={Number(status.highWaterMark)}
                    label={`${projection.name}, up to the mark`}
                    stalled={kind === 'held' || kind === 'failed'}
                  />
                </span>
                <ChevronRight size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-3" />
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
