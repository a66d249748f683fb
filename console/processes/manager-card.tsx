import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { usePulse } from '#console/pulse.tsx';
import { useZone } from '#console/settings.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ProcessManagerStatus } from '#server/processes/processes.ts';

/** Where a process manager stands on the way to the mark, who runs it, and what it fails at. */
export function ManagerCard({ manager }: { manager: ProcessManagerStatus }) {
  const zone = useZone();
  const { pulse } = usePulse();
  const { name, checkpoint, worker, movedAt, fault, processes, failing, timers, timersDue } = manager;
  const mark = pulse?.projections.highWaterMark;
  const state = fault !== null ? 'failed' : worker === null ? 'stopped' : 'running';
  return (
    <section aria-label={name} className="flex flex-col gap-2 rounded-card border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-lead">{name}</h2>
        <Badge status={state}>{fault !== null ? 'faulted' : worker === null ? 'stopped' : 'running'}</Badge>
        <span className="text-ink-2">
          {formatNumberOf(processes, 'process', 'processes')}, {failing === 0 ? 'none failing' : `${failing} failing`},{' '}
          {timers === 0 ? 'no timer' : `${formatNumberOf(timers, 'timer')}, ${timersDue} due now`}
        </span>
      </div>
      {mark === undefined ? null : (
        <TideGauge
          at={Math.min(Number(checkpoint), Number(mark))}
          mark={Number(mark)}
          label={`${name}, up to the mark`}
          stalled={state !== 'running'}
        />
      )}
      <p className="text-ink-3 text-small">
        Checkpoint {formatCount(checkpoint)}, moved {formatTime(movedAt, zone)},{' '}
        {worker === null
          ? 'no worker has its lease: npm run worker starts one'
          : `process ${worker.processId} on ${worker.host}`}
        .
      </p>
      {fault === null ? null : (
        <Banner tone="bad" title={`${name} fails, and none of its processes goes on`} evidence={fault}>
          It is tried again with growing delay.
        </Banner>
      )}
    </section>
  );
}
