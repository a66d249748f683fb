'use client';

import { useCallback, useMemo, useState } from 'react';
import { EventSections } from '#console/events/event-inspector.tsx';
import { ExportButton } from '#console/export/export-button.tsx';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useKeys } from '#console/keys/keys.tsx';
import { usePulse } from '#console/pulse.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { summarizePayload } from '#console/state-inspector/payload-summary.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import { GridCell, VirtualGrid } from '#console/ui/virtual-grid.tsx';
import { useMedia } from '#console/use-media.ts';
import { useStreamEvents } from './use-stream-events.ts';
import { type ChangeStreamView, type StreamView, versionInRange } from './use-stream-view.ts';

const TEMPLATE =
  'gap-x-2 px-3 grid-cols-[3rem_minmax(0,1.25fr)_minmax(0,0.9fr)] sm:gap-x-3 sm:px-4 sm:grid-cols-[4rem_minmax(0,0.8fr)_minmax(0,1.2fr)_9.5rem] lg:grid-cols-[4rem_minmax(0,0.8fr)_minmax(0,1.4fr)_9.5rem_6rem_minmax(0,0.5fr)]';
const WIDE_ONLY = 'max-lg:hidden';
const NOT_PHONE = 'max-sm:hidden';

type Props = { streamId: string; lastVersion: number; view: StreamView; change: ChangeStreamView };

/** The stream as a table, newest first; any row is read without those before it. Enter shows the state there. */
export function StreamHistory({ streamId, lastVersion, view, change }: Props) {
  const [range, setRange] = useState({ first: 0, last: 30 });
  const zone = useZone();
  const { pulse } = usePulse();
  const beside = useMedia('(min-width: 80rem)');
  const page = useStreamEvents(streamId, lastVersion, lastVersion - range.last, lastVersion - range.first);
  const { events } = page;
  const version = versionInRange(view.v ?? lastVersion, lastVersion);
  const selected = useStreamEvents(streamId, lastVersion, version, version).events.find(
    (event) => event.streamVersion === version,
  );
  const byVersion = useMemo(() => new Map(events.map((event) => [event.streamVersion, event])), [events]);
  const select = (index: number) => {
    const next = lastVersion - Math.min(Math.max(index, 0), lastVersion - 1);
    change({ v: next === lastVersion ? null : next, at: null });
  };
  const index = lastVersion - version;
  useKeys([
    { keys: 'j', label: 'Version below', group: 'Stream', run: () => select(index + 1) },
    { keys: 'k', label: 'Version above', group: 'Stream', run: () => select(index - 1) },
  ]);

  return (
    <>
      <div className="flex justify-end pt-2">
        <ExportButton filter={{ streamId }} what={`All events of ${streamId}`} total={lastVersion} />
      </div>
      {page.error !== null && (
        <QueryError title="The events could not be read" error={page.error} onRetry={page.refetch} className="mt-2" />
      )}
      <div className="mt-2 flex h-[70dvh] min-h-0 grow overflow-hidden rounded-card border border-line lg:h-auto">
        <VirtualGrid
          label={`Events of ${streamId}, newest first`}
          template={TEMPLATE}
          columns={[
            { name: 'Version' },
            { name: 'Type' },
            { name: 'What', className: NOT_PHONE },
            { name: 'Occurred' },
            { name: 'Position', className: `text-end ${WIDE_ONLY}` },
            { name: 'Actor', className: WIDE_ONLY },
          ]}
          count={lastVersion}
          complete
          rowKey={(row) => String(lastVersion - row)}
          selectedIndex={index}
          onSelect={select}
          onOpen={() => change({ tab: 'state' }, { history: 'push' })}
          onRange={useCallback((first: number, last: number) => setRange({ first, last }), [])}
          className="grow"
          renderRow={(row) => {
            const event = byVersion.get(lastVersion - row);
            return (
              <>
                <GridCell className="text-ink-2">{formatCount(lastVersion - row)}</GridCell>
                <GridCell className="flex items-center gap-2">
                  {event && <EventGlyph eventType={event.eventType} />}
                  <span className="truncate">{event?.eventType ?? 'loading'}</span>
                </GridCell>
                <GridCell className={`text-ink-2 ${NOT_PHONE}`}>{event && summarizePayload(event.data)}</GridCell>
                <GridCell className="text-ink-2">{event && formatTime(event.occurredAt, zone)}</GridCell>
                <GridCell className={`mono text-end ${WIDE_ONLY}`}>
                  {event && formatCount(event.globalPosition)}
                </GridCell>
                <GridCell className={`text-ink-2 ${WIDE_ONLY}`}>{event?.metadata.actor}</GridCell>
              </>
            );
          }}
        />
        {beside && selected && (
          <aside aria-label="Selected event" className="w-[356px] shrink-0 overflow-y-auto border-line border-s">
            <h2 className="flex items-center gap-2.5 px-4 py-3 text-lead">
              <EventGlyph eventType={selected.eventType} size={11} />
              {selected.eventType}
            </h2>
            <EventSections event={selected} projections={pulse?.projections.projections} />
          </aside>
        )}
      </div>
    </>
  );
}
