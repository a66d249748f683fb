'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { formatBytes } from '#console/format.ts';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { TextView } from '#console/state-inspector/text-view.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { EventDetail } from '#server/kernel/event.ts';
import { EventAsCloudEvent } from './event-as-cloud-event.tsx';

export const PAYLOAD_VIEWS = ['tree', 'original', 'json', 'cloudevent'] as const;

/** Smaller ones need no figure. */
const BYTES_SAID = 64_000;

/** What an event says: as a tree, as it was written, as JSON, as a CloudEvent. Which of them is in the URL. */
export function EventPayload({ event }: { event: EventDetail }) {
  const [wanted, setView] = useQueryState('payload', parseAsStringLiteral(PAYLOAD_VIEWS).withDefault('tree'));
  const { original } = event;
  const view = wanted === 'original' && original === undefined ? 'tree' : wanted;
  const shown = view === 'original' && original !== undefined ? original.data : event.data;
  const whole = useMemo(() => JSON.stringify(view === 'json' ? event : shown, null, 2), [view, event, shown]);
  const label = `Data of ${event.eventType}`;
  return (
    <>
      <div className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1">
        <Segmented
          small
          label="Payload shown"
          value={view}
          onChange={(next) => void setView(next)}
          items={[
            { value: 'tree', label: 'Tree' },
            ...(original === undefined ? [] : [{ value: 'original' as const, label: 'As written' }]),
            { value: 'json', label: 'JSON', title: 'The whole event as the API gives it' },
            { value: 'cloudevent', label: 'CloudEvent' },
          ]}
        />
        {view !== 'cloudevent' && (
          <CopyButton
            text={whole}
            label={view === 'json' ? 'Copy the whole event' : 'Copy payload'}
            className="-my-1.5 ms-auto"
          />
        )}
        {whole.length >= BYTES_SAID && (
          <span className="text-ink-3 text-small">{formatBytes(new Blob([whole]).size)}</span>
        )}
      </div>
      {original !== undefined && (
        <p className="mb-1.5 text-ink-3 text-small">
          {view === 'original'
            ? `As it was written, in schema version ${original.schemaVersion}.`
            : `Written in schema version ${original.schemaVersion}, shown as version ${event.schemaVersion}.`}
        </p>
      )}
      {event.unreadable !== undefined && (
        <Banner tone="warn" title="Shown as it was written" className="mb-2">
          {event.unreadable}
        </Banner>
      )}
      {view === 'json' ? (
        <TextView label="The whole event as JSON" text={whole} />
      ) : view === 'cloudevent' ? (
        <EventAsCloudEvent position={event.globalPosition} />
      ) : (
        <JsonTree key={`${event.globalPosition} ${view}`} label={label} root="data" value={shown} />
      )}
    </>
  );
}
