'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { formatCount, formatMs, formatRate, formatSeconds } from '#console/format.ts';
import { formatClock } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { usePulse } from '#console/pulse.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Figure, FigureStrip } from '#console/ui/figure.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { TabPanel, Tabs } from '#console/ui/tabs.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { FaultBanner } from './fault-banner.tsx';
import { HeldBanner } from './held-banner.tsx';
import { LagPanel } from './lag-panel.tsx';
import { OrderRows } from './order-rows.tsx';
import { VersionsTable } from './versions-table.tsx';

const TABS = ['lag', 'versions', 'rows'] as const;

/** One projection: its lag live, its versions, its rows. */
export function ProjectionScreen({ name }: { name: string }) {
  const { pulse, asOf } = usePulse();
  const zone = useZone();
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('lag'));
  const status = pulse?.projections;
  const projection = status?.projections.find((one) => one.name === name);
  const shown = projection && PROJECTION_STATUS[projection.state];
  return (
    <Screen
      title={name}
      crumbs={[{ label: 'Projections', href: routes.projections() }]}
      badge={shown && <Badge status={shown.kind}>{shown.word}</Badge>}
      note={
        projection &&
        `${projection.sink === 'search' ? 'Search index' : 'SQL read model'}, v${projection.version} serving`
      }
    >
      {status === undefined ? (
        <SkeletonLines rows={10} label="the projection" />
      ) : projection === undefined ? (
        <EmptyState
          title={`No projection is named ${name}.`}
          action={<ButtonLink href={routes.projections()}>Projections that there are</ButtonLink>}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <FaultBanner projection={projection} />
          <HeldBanner status={status} />
          <Figures projection={projection} asOf={asOf === null ? null : formatClock(asOf, zone)} />
          <Tabs
            label="Views of the projection"
            value={tab}
            onChange={(next) => void setTab(next)}
            items={[
              { value: 'lag', label: 'Lag' },
              { value: 'versions', label: 'Versions', count: projection.versions.length },
              ...(name === 'orders' ? [{ value: 'rows' as const, label: 'Rows' }] : []),
            ]}
          >
            <TabPanel value="lag" className="pt-4">
              <LagPanel name={name} lag={projection.lag} stale={asOf !== null} />
              <VersionsTable projection={projection} mark={status.highWaterMark} className="mt-4" />
            </TabPanel>
            <TabPanel value="versions" className="pt-4">
              <VersionsTable projection={projection} mark={status.highWaterMark} />
            </TabPanel>
            {name === 'orders' ? (
              <TabPanel value="rows" className="pt-4">
                <OrderRows />
              </TabPanel>
            ) : null}
          </Tabs>
        </div>
      )}
    </Screen>
  );
}

function Figures({ projection, asOf }: { projection: ProjectionStatus; asOf: string | null }) {
  const { lagEvents, lagSeconds, arrivalRate, drainRate, lag, updateMs } = projection;
  const late = lagSeconds > lag.objectiveSeconds;
  return (
    <FigureStrip>
      <Figure
        size="verdict"
        label="Behind"
        value={formatCount(lagEvents)}
        unit="events"
        tone={late ? 'warn' : 'neutral'}
        asOf={asOf}
      />
      <Figure
        size="verdict"
        label="Oldest not handled"
        value={formatSeconds(lagSeconds)}
        tone={late ? 'warn' : 'neutral'}
        asOf={asOf}
      />
      <Figure size="verdict" label="In" value={formatRate(arrivalRate)} unit="events/s" asOf={asOf} />
      <Figure size="verdict" label="Out" value={formatRate(drainRate)} unit="events/s" asOf={asOf} />
      <Figure size="verdict" label="Record to acknowledged" value={formatMs(updateMs)} asOf={asOf} />
      <Figure
        size="verdict"
        label="Time left"
        value={lag.eta === null ? 'none' : formatSeconds(lag.eta.seconds)}
        note={
          lag.eta === null
            ? 'only while catching up'
            : `${formatSeconds(lag.eta.low)} to ${formatSeconds(lag.eta.high)}`
        }
        asOf={asOf}
      />
    </FigureStrip>
  );
}
