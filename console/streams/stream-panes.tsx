'use client';

import { useState } from 'react';
import { Segmented } from '#console/ui/segmented.tsx';
import { useMedia } from '#console/use-media.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import { DiffPane } from './diff-pane.tsx';
import { EventPane } from './event-pane.tsx';
import { HistoryPane } from './history-pane.tsx';
import { StatePane } from './state-pane.tsx';
import type { ChangeStreamView, StreamView } from './use-stream-view.ts';
import type { useVersionState } from './use-version-state.ts';

type VersionState = ReturnType<typeof useVersionState>;

type Props = {
  streamId: string;
  lastVersion: number;
  version: number;
  base: number;
  event: RecordedEvent | undefined;
  here: VersionState;
  there: VersionState;
  failed: ReadonlySet<number>;
  playing: boolean;
  onVersion(version: number): void;
  view: StreamView;
  change: ChangeStreamView;
};

const NARROW_PANES = [
  { value: 'state', label: 'State' },
  { value: 'diff', label: 'Diff' },
  { value: 'event', label: 'Event' },
  { value: 'history', label: 'History' },
] as const;

type NarrowPane = (typeof NARROW_PANES)[number]['value'];

/** History, event, diff and state side by side; without the history below 1280 px, one at a time below 1024. */
export function StreamPanes(props: Props) {
  const { streamId, lastVersion, version, base, event, here, there, failed, playing, onVersion, view, change } = props;
  const [narrowPane, setNarrowPane] = useState<NarrowPane>('state');
  const wide = useMedia('(min-width: 80rem)');
  const middle = useMedia('(min-width: 64rem)');
  const state = here.query.isError ? null : here.settled ? here.state : undefined;
  const before = there.query.isError ? null : there.settled ? there.state : undefined;

  const panes = {
    history: (
      <HistoryPane
        streamId={streamId}
        version={version}
        lastVersion={lastVersion}
        failed={failed}
        onVersion={onVersion}
      />
    ),
    event: <EventPane event={event} />,
    diff: (
      <DiffPane streamId={streamId} base={base} version={version} before={before} after={state} playing={playing} />
    ),
    state: (
      <StatePane
        streamId={streamId}
        version={version}
        lastVersion={lastVersion}
        state={state ?? undefined}
        fold={here.settled ? here.query.data : undefined}
        before={before}
        error={here.query.isError ? here.query.error : null}
        onRetry={() => void here.query.refetch()}
        field={view.field}
        where={view.where}
        onField={(field) => change({ field })}
        onWhere={(where) => change({ where })}
        onVersion={onVersion}
      />
    ),
  };

  if (!middle) {
    return (
      <div className="flex flex-col gap-2 pt-1">
        <Segmented
          label="Pane"
          items={NARROW_PANES}
          value={narrowPane}
          onChange={setNarrowPane}
          className="self-start"
        />
        <div className="flex h-[70dvh] flex-col overflow-hidden rounded-card border border-line *:grow">
          {panes[narrowPane]}
        </div>
      </div>
    );
  }
  return (
    <div
      className={`grid min-h-80 grow grid-rows-[minmax(0,1fr)] divide-x divide-line overflow-hidden rounded-card border border-line ${wide ? 'grid-cols-[276px_300px_minmax(0,1fr)_376px]' : 'grid-cols-[270px_minmax(0,1fr)_320px]'}`}
    >
      {wide && panes.history}
      {panes.event}
      {panes.diff}
      {panes.state}
    </div>
  );
}
