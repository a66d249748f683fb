'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { formatClock } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { useVisit } from '#console/palette/recent.ts';
import { PROJECTION_STATUS } from '#console/projection-status.ts';
import { usePulse } from '#console/pulse.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Badge, Status } from '#console/ui/badge.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { ActResult } from '#server/projections/operations.ts';
import type { ProjectionStatus, ProjectionsStatus } from '#server/projections/status.ts';
import { ActSheet } from './act-sheet.tsx';
import { DoneNote } from './done-note.tsx';
import { FaultBanner } from './fault-banner.tsx';
import { HeldBanner } from './held-banner.tsx';
import { NoProjection } from './no-projection.tsx';
import { ProjectionFigures } from './projection-figures.tsx';
import { PROJECTION_TABS, ProjectionTabs } from './projection-tabs.tsx';
import { useActSheet } from './use-act-sheet.ts';

/** One projection: its lag live, what it failed at, its versions, its rows, and whether it skipped anything. */
export function ProjectionScreen({ name }: { name: string }) {
  const { pulse } = usePulse();
  const status = pulse?.projections;
  const projection = status?.projections.find((one) => one.name === name);
  const shown = projection && PROJECTION_STATUS[projection.state];
  useVisit(projection !== undefined);
  return (
    <Screen
      title={name}
      crumbs={[{ label: 'Projections', href: routes.projections() }]}
      badge={
        shown && (
          <span className="max-sm:hidden">
            <Badge status={shown.kind}>{shown.word}</Badge>
          </span>
        )
      }
      note={
        projection &&
        `${projection.sink === 'search' ? 'Search index' : 'SQL read model'}, v${projection.version} serving`
      }
    >
      {status === undefined ? (
        <SkeletonLines rows={10} label="the projection" />
      ) : projection === undefined ? (
        <NoProjection name={name} />
      ) : (
        <Projection projection={projection} status={status} />
      )}
    </Screen>
  );
}

function Projection({ projection, status }: { projection: ProjectionStatus; status: ProjectionsStatus }) {
  const { asOf } = usePulse();
  const zone = useZone();
  const shown = PROJECTION_STATUS[projection.state];
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(PROJECTION_TABS).withDefault('lag'));
  const { asked, ask, close } = useActSheet();
  const [done, setDone] = useState<ActResult | null>(null);
  return (
    <div className="flex flex-col gap-4">
      <div className="sm:hidden">
        <Status status={shown.kind}>{shown.word}</Status>
      </div>
      <FaultBanner projection={projection} />
      <HeldBanner status={status} />
      <DoneNote done={done} />
      <ProjectionFigures projection={projection} asOf={asOf === null ? null : formatClock(asOf, zone)} />
      <ProjectionTabs
        projection={projection}
        mark={status.highWaterMark}
        tab={tab}
        onTab={(next) => void setTab(next)}
        ask={ask}
        stale={asOf !== null}
      />
      {asked === null ? null : (
        <ActSheet
          key={`${asked.act} ${asked.version}`}
          projection={projection}
          act={asked.act}
          version={asked.version}
          onDone={(result) => {
            setDone(result);
            close();
          }}
          onClose={close}
        />
      )}
    </div>
  );
}
