import { formatBound, formatCount, formatMs, formatRate, formatSeconds } from '#console/format.ts';
import { Figure, FigureStrip } from '#console/ui/figure.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { timeLeft } from './version-progress.ts';

/** How far behind, how fast, how long it will take. `asOf` is the time they are of, where that is long ago. */
export function ProjectionFigures({ projection, asOf }: { projection: ProjectionStatus; asOf: string | null }) {
  const { lagEvents, lagSeconds, arrivalRate, drainRate, lag, updateMs } = projection;
  const tone = lagSeconds > lag.objectiveSeconds ? 'warn' : 'neutral';
  const paused = projection.state === 'paused' && lagEvents > 0;
  const figure = { size: 'verdict', asOf } as const;
  return (
    <FigureStrip>
      <Figure {...figure} label="Behind" value={formatCount(lagEvents)} unit="events" tone={tone} />
      <Figure
        {...figure}
        label="Oldest not handled"
        value={formatSeconds(lagSeconds)}
        note={`objective ${formatBound(lag.objectiveSeconds)}`}
        tone={tone}
      />
      <Figure {...figure} label="In" value={formatRate(arrivalRate)} unit="events/s" />
      <Figure {...figure} label="Out" value={formatRate(drainRate)} unit="events/s" />
      <Figure {...figure} label="Acknowledged in" value={formatMs(updateMs)} />
      <Figure
        {...figure}
        label="Time left"
        value={paused ? 'never' : timeLeft(projection)}
        note={
          paused
            ? 'while paused'
            : lag.eta === null
              ? 'only while catching up'
              : `${formatSeconds(lag.eta.low)} to ${formatSeconds(lag.eta.high)}`
        }
      />
    </FigureStrip>
  );
}
