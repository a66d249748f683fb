'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { formatBytes } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { TextView } from '#console/state-inspector/text-view.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { EventDetail } from '#server/kernel/event.ts';
import { EventAsCloudEvent } from './event-as-cloud-event.tsx';
import { SHOWN_BYTES_MAX } from './payload-bytes.ts';
import { useWholePayload } from './use-whole-payload.ts';

export const PAYLOAD_VIEWS = ['tree', 'original', 'json', 'cloudevent'] as const;

/** What an event says: as a tree, as it was written, as JSON, as a CloudEvent. Which of them is in the URL. */
export function EventPayload({ event: listed }: { event: EventDetail }) {
  const { event, loadAll } = useWholePayload(listed);
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
        {view !== 'cloudevent' && event.dataBytes === undefined && (
          <CopyButton
            text={whole}
            label={view === 'json' ? 'Copy the whole event' : 'Copy payload'}
            className="-my-1.5 ms-auto"
          />
        )}
        {event.dataBytes === undefined && whole.length >= SHOWN_BYTES_MAX && (
          <span className="text-ink-3 text-small">{formatBytes(new Blob([whole]).size)}</span>
        )}
      </div>
      {event.dataBytes !== undefined && view !== 'cloudevent' && <Preview bytes={event.dataBytes} {...loadAll} />}
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

/** Says that what stands below is the beginning only, and loads the rest. */
function Preview({
  bytes,
  error,
  isLoading,
  onLoad,
}: { bytes: number } & ReturnType<typeof useWholePayload>['loadAll']) {
  return (
    <>
      <p className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2 text-small">
        Its beginning only, with … where a text goes on.
        <Button onClick={onLoad} disabled={isLoading}>
          {isLoading ? 'Loading' : 'Load all'} ({formatBytes(bytes)})
        </Button>
      </p>
      {error !== null && <QueryError title="The payload could not be read" error={error} className="mb-2" />}
    </>
  );
}
