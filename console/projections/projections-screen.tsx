'use client';

import { formatCount } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { ProjectionList } from '#console/overview/projection-list.tsx';
import { usePulse } from '#console/pulse.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { AlertsCard } from './alerts-card.tsx';
import { HeldBanner } from './held-banner.tsx';
import { troubleFirst } from './projection-order.ts';
import { ProjectionsTable } from './projections-table.tsx';
import { WorkersCard } from './workers-card.tsx';

/** Every projection, live, trouble first; who runs them, and which were late. */
export function ProjectionsScreen() {
  const { pulse, asOf } = usePulse();
  const status = pulse?.projections;
  const projections = troubleFirst(status?.projections ?? []);
  return (
    <Screen
      title="Projections"
      note={status && `${status.projections.length} in all, mark ${formatCount(status.highWaterMark)}`}
    >
      {status === undefined ? (
        <SkeletonLines rows={5} rowHeight={36} label="projections" />
      ) : (
        <div className="flex flex-col gap-4">
          <HeldBanner status={status} />
          <div className={asOf === null ? 'max-sm:hidden' : 'text-ink-3 max-sm:hidden'}>
            <ProjectionsTable projections={projections} mark={status.highWaterMark} />
          </div>
          <div className="sm:hidden">
            <ProjectionList status={{ ...status, projections }} />
          </div>
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <AlertsCard />
            <WorkersCard />
          </div>
        </div>
      )}
    </Screen>
  );
}
