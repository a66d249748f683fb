'use client';

import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatOffset, formatTime } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { useVisit } from '#console/palette/recent.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { TabPanel, Tabs } from '#console/ui/tabs.tsx';
import { SendMenu } from './send-menu.tsx';
import { StreamCausation } from './stream-causation.tsx';
import { StreamHistory } from './stream-history.tsx';
import { StreamState } from './stream-state.tsx';
import { useStreamEnds } from './use-stream-events.ts';
import { useStreamView, versionInRange } from './use-stream-view.ts';
import { useVersionInRange } from './use-version-in-range.ts';
import { useVersionState } from './use-version-state.ts';

/** One stream: its history, and its state at any version or time. */
export function StreamScreen({ streamId }: { streamId: string }) {
  const [view, change] = useStreamView();
  const zone = useZone();
  const { query, last, first } = useStreamEnds(streamId);
  const lastVersion = last?.streamVersion ?? 0;
  useVisit(last !== undefined);
  const corrected = useVersionInRange({ view, change }, { lastVersion, settled: !query.isFetching });
  const category = streamId.slice(0, Math.max(0, streamId.indexOf('-')));
  const { state } = useVersionState(streamId, lastVersion);
  const status = typeof state?.status === 'string' ? state.status : null;

  return (
    <Screen
      title={<span className="mono">{streamId}</span>}
      crumbs={[
        { label: 'Streams', href: routes.streams() },
        ...(category === '' ? [] : [{ label: category, href: routes.streams({ category }) }]),
      ]}
      // The state below has it too; a small screen leaves the room to the id.
      badge={status !== null && <Badge className="max-sm:hidden">{status}</Badge>}
      fill
      bare
    >
      {last === undefined ? (
        <div className="p-6">
          {query.isError ? (
            <QueryError title="The stream could not be read" error={query.error} onRetry={() => void query.refetch()} />
          ) : query.isSuccess ? (
            <EmptyState
              title={`No event has been recorded in ${streamId}.`}
              action={
                <ButtonLink href={routes.streams({ category: category || null })}>Streams that there are</ButtonLink>
              }
            />
          ) : (
            <SkeletonLines rows={14} label="the stream" />
          )}
        </div>
      ) : (
        <Tabs
          label="Views of the stream"
          items={[
            { value: 'state', label: 'State' },
            { value: 'history', label: 'History', count: formatCount(lastVersion) },
            { value: 'causation', label: 'Causation' },
          ]}
          value={view.tab}
          onChange={(tab) => change({ tab }, { history: 'push' })}
          className="flex min-h-0 grow flex-col px-4 pt-3 pb-4 sm:px-6"
          aside={
            <>
              <span className="truncate text-ink-2 text-small max-lg:hidden">
                {formatNumberOf(lastVersion, 'version')}, first{' '}
                {formatTime(first?.occurredAt ?? last.occurredAt, zone, { date: 'always' })}, last{' '}
                {formatTime(last.occurredAt, zone, { date: 'always' })}{' '}
                <span className="mono">{formatOffset(last.occurredAt, zone)}</span>
              </span>
              <SendMenu streamId={streamId} category={category} />
            </>
          }
        >
          {corrected !== null && (
            <p role="status" className="pt-3 text-warn">
              {corrected}
            </p>
          )}
          <TabPanel value="state" className="flex min-h-0 grow flex-col">
            <StreamState streamId={streamId} lastVersion={lastVersion} view={view} change={change} />
          </TabPanel>
          <TabPanel value="history" className="flex min-h-0 grow flex-col">
            <StreamHistory streamId={streamId} lastVersion={lastVersion} view={view} change={change} />
          </TabPanel>
          <TabPanel value="causation" className="flex min-h-0 grow flex-col">
            <StreamCausation
              streamId={streamId}
              version={versionInRange(view.v ?? lastVersion, lastVersion)}
              lastVersion={lastVersion}
            />
          </TabPanel>
        </Tabs>
      )}
    </Screen>
  );
}
