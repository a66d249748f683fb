'use client';

import { useQuery } from '@tanstack/react-query';
import { formatTime } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { usePulse } from '#console/pulse.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { Pulse } from '#server/pulse/pulse.ts';
import { DensityCard } from './density-card.tsx';
import { Figures } from './figures.tsx';
import { FirstRun } from './first-run.tsx';
import { Flow } from './flow.tsx';
import { OperatorActions } from './operator-actions.tsx';
import { ProjectionList } from './projection-list.tsx';
import { RecentCommands } from './recent-commands.tsx';
import { TroubleList } from './trouble-list.tsx';
import { connectionTrouble, describeCalm, findTroubles } from './trouble-model.ts';
import { useTroubleDetails } from './use-trouble-details.ts';

/** Is it well? Trouble first, then four figures, the flow, the last hour and the commands that came last. */
export function OverviewScreen() {
  const trpc = useTRPC();
  const zone = useZone();
  const { pulse, asOf } = usePulse();
  const info = useQuery(trpc.system.info.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const note = info.data === undefined ? undefined : `${info.data.environment} · ${info.data.database}`;
  const silentSince = asOf === null ? null : formatTime(asOf, zone);
  return (
    <Screen title="Overview" note={note}>
      {pulse === null ? (
        <SkeletonLines rows={12} rowHeight={36} label="the pulse of the store" />
      ) : pulse.store.empty ? (
        <FirstRun pulse={pulse} />
      ) : (
        <Wellbeing pulse={pulse} silentSince={silentSince} />
      )}
    </Screen>
  );
}

function Wellbeing({ pulse, silentSince }: { pulse: Pulse; silentSince: string | null }) {
  const zone = useZone();
  const details = useTroubleDetails(pulse);
  // While the database is away the server goes on telling its last figures, with the time they are of.
  const asOf = silentSince ?? (pulse.database.ok ? null : formatTime(pulse.at, zone));
  return (
    <div className="flex flex-col gap-5 sm:min-h-[calc(100dvh-5.75rem)]">
      <TroubleList
        troubles={[...connectionTrouble(silentSince), ...findTroubles(pulse, details)]}
        calm={describeCalm(pulse)}
      />
      <Figures pulse={pulse} asOf={asOf} />
      <div className="hidden sm:block">
        <Flow pulse={pulse} asOf={asOf} />
      </div>
      <div className="sm:hidden">
        <ProjectionList status={pulse.projections} />
      </div>
      <div className="grid min-w-0 grow gap-4 xl:grid-cols-[minmax(0,2.15fr)_minmax(0,1fr)]">
        <DensityCard pulse={pulse} />
        <div className="flex min-w-0 flex-col gap-4">
          <OperatorActions />
          <RecentCommands />
        </div>
      </div>
    </div>
  );
}
