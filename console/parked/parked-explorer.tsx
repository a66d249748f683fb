'use client';

import { usePathname } from 'next/navigation';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { type ReactNode, useState } from 'react';
import { usePulse } from '#console/pulse.tsx';
import { QueryError } from '#console/query-error.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { GroupList, groupKey } from './group-list.tsx';
import { GroupPanel } from './group-panel.tsx';
import { PARKED_ACTS } from './parked-act.ts';
import { progressOf, type Retry, retrySentence } from './retry-progress.ts';
import { useParkedGroups } from './use-parked.ts';

type Props = {
  /** Of one projection; null for all. */
  projection: string | null;
  /** What the address keeps beside the choice: the tab. */
  keep?: string;
  empty: ReactNode;
};

/** Groups of parked events, and the chosen one with what can be done about it. */
export function ParkedExplorer({ projection, keep = '', empty }: Props) {
  const pathname = usePathname();
  const [view, setView] = useQueryStates({
    group: parseAsString,
    event: parseAsString,
    do: parseAsStringLiteral(PARKED_ACTS),
  });
  const [retry, setRetry] = useState<Retry | null>(null);
  const { pulse } = usePulse();
  // By the clock of the database, which set the times at which events are tried again.
  const now = pulse === null ? 0 : Date.parse(pulse.at);
  const query = useParkedGroups(projection, retry !== null);
  const groups = query.data?.groups ?? [];
  const progress =
    retry === null
      ? null
      : progressOf(
          retry,
          groups.find(({ fingerprint }) => fingerprint === retry.fingerprint),
          now,
        );
  const said = retry === null || progress === null ? null : retrySentence(progress, retry.requested);
  if (query.isPending) return <SkeletonLines rows={5} rowHeight={60} label="parked events" />;
  if (query.data === undefined) {
    return (
      <QueryError title="Parked events could not be read" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (groups.length === 0) {
    return (
      <>
        <p role="status">{said === null ? null : `Retry: ${said}.`}</p>
        {empty}
      </>
    );
  }
  const wanted = view.group;
  const chosen =
    wanted === null ? groups[0] : groups.find((group) => groupKey(group) === wanted || group.fingerprint === wanted);
  return (
    <div className="flex flex-col gap-4">
      {query.isError ? (
        <QueryError
          title="Parked events could not be read anew"
          error={query.error}
          dataAt={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      <GroupList
        groups={groups}
        chosen={chosen === undefined ? null : groupKey(chosen)}
        hrefOf={(group) => `${pathname}?${keep}group=${encodeURIComponent(groupKey(group))}`}
      />
      {chosen === undefined ? (
        <EmptyState
          title="Nothing of this group is parked any more."
          action={<Button onClick={() => void setView({ group: null, event: null })}>Show the groups there are</Button>}
        >
          {said === null ? null : <p role="status">Retry: {said}.</p>}
        </EmptyState>
      ) : (
        <GroupPanel
          key={groupKey(chosen)}
          group={chosen}
          event={view.event}
          act={view.do}
          retrying={said === null || retry?.fingerprint !== chosen.fingerprint ? null : `Retry: ${said}.`}
          onEvent={(event) => void setView({ event })}
          onAct={(act) => void setView({ do: act }, { history: act === null ? 'replace' : 'push' })}
          onRetried={(requested) =>
            setRetry({ fingerprint: chosen.fingerprint, requested, before: chosen.events, askedAt: now })
          }
        />
      )}
    </div>
  );
}
