'use client';

import { useEffect, useRef, useState } from 'react';
import { formatCount } from '#console/format.ts';
import { useKeys } from '#console/keys/keys.tsx';
import { QueryError } from '#console/query-error.tsx';
import { usePlayback } from '#console/state-inspector/use-playback.ts';
import { SLIDER_MARGIN_PX, VersionSlider } from '#console/state-inspector/version-slider.tsx';
import { stepVersion } from '#console/state-inspector/version-slider-model.ts';
import { useElementWidth } from '#console/timeline/use-element-width.ts';
import { FieldsOverTime } from './fields-over-time.tsx';
import { StreamPanes } from './stream-panes.tsx';
import { useChosenVersion } from './use-chosen-version.ts';
import { useSliderEvents, useStreamEvents } from './use-stream-events.ts';
import type { ChangeStreamView, StreamView } from './use-stream-view.ts';
import { usePrefetchedNeighbours, useVersionState } from './use-version-state.ts';
import { VersionControls } from './version-controls.tsx';

type Props = { streamId: string; lastVersion: number; view: StreamView; change: ChangeStreamView };

/** The state at a version: chosen by slider, number, time, keys or playing; beside it the event and the difference. */
export function StreamState({ streamId, lastVersion, view, change }: Props) {
  const { ref, width: outerWidth } = useElementWidth();
  const width = Math.max(0, outerWidth - 2 * SLIDER_MARGIN_PX);
  const chosen = useChosenVersion(streamId, lastVersion, view);
  // While a time is looked up, what was shown stays.
  const shown = useRef(lastVersion);
  const version = chosen.version ?? shown.current;
  useEffect(() => {
    shown.current = version;
  });
  const base = view.cmp ?? version - 1;

  const here = useVersionState(streamId, version);
  const there = useVersionState(streamId, base);
  const page = useStreamEvents(streamId, lastVersion, version, version);
  const [event] = page.events.filter((candidate) => candidate.streamVersion === version);
  const sliderEvents = useSliderEvents(streamId, lastVersion, width);
  const failed = useFailedVersions(version, here.query.isError);

  const goTo = (next: number) => change({ v: next === lastVersion ? null : next, at: null });
  const playback = usePlayback({ version, lastVersion, ready: here.settled || here.query.isError, onVersion: goTo });
  usePrefetchedNeighbours(streamId, version, lastVersion, playback.playing);
  const byHand = (next: number) => {
    playback.stop();
    goTo(next);
  };
  useKeys([
    { keys: '[', label: 'Version before', group: 'Stream', run: () => byHand(stepVersion(version, -1, lastVersion)) },
    { keys: ']', label: 'Next version', group: 'Stream', run: () => byHand(stepVersion(version, 1, lastVersion)) },
    { keys: 'p', label: 'Play, stop', group: 'Stream', run: playback.toggle },
    {
      keys: 'd',
      label: 'Go on comparing with the version before this one',
      group: 'Stream',
      run: () => change({ cmp: base }),
    },
  ]);

  const folded = here.settled ? here.query.data : undefined;
  return (
    <>
      <div className="pt-3">
        <VersionControls
          version={version}
          lastVersion={lastVersion}
          at={event?.occurredAt ?? view.at}
          base={base}
          pinnedBase={view.cmp}
          onVersion={byHand}
          onTime={(at) => {
            playback.stop();
            change({ at, v: null });
          }}
          onBase={(cmp) => change({ cmp })}
          playback={playback}
        />
        {page.error !== null && (
          <QueryError
            title={`The event of version ${formatCount(version)} could not be read`}
            error={page.error}
            onRetry={page.refetch}
            className="mt-3"
          />
        )}
        {chosen.timeError !== null && (
          <QueryError title="There is no version at that time" error={chosen.timeError} className="mt-3" />
        )}
      </div>
      <div ref={ref} className="mt-2 shrink-0">
        <VersionSlider
          version={version}
          lastVersion={lastVersion}
          events={sliderEvents}
          width={width}
          snapshotVersion={folded?.snapshotVersion ?? null}
          failed={failed}
          onVersion={byHand}
        />
      </div>
      <StreamPanes
        streamId={streamId}
        lastVersion={lastVersion}
        version={version}
        base={base}
        event={event}
        here={here}
        there={there}
        failed={failed}
        playing={playback.playing}
        onVersion={byHand}
        view={view}
        change={change}
      />
      <FieldsOverTime
        streamId={streamId}
        version={version}
        lastVersion={lastVersion}
        field={view.field}
        onVersion={byHand}
        onField={(field) => change({ field: field === view.field ? null : field })}
      />
    </>
  );
}

/** Versions that somebody has seen fail here; the history marks them. */
function useFailedVersions(version: number, failedNow: boolean): ReadonlySet<number> {
  const [failed, setFailed] = useState<ReadonlySet<number>>(new Set());
  if (failedNow !== failed.has(version)) {
    const next = new Set(failed);
    if (failedNow) next.add(version);
    else next.delete(version);
    setFailed(next);
  }
  return failed;
}
