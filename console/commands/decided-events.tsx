import type { ReactNode } from 'react';
import { formatCount } from '#console/format.ts';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { JsonObject } from '#server/kernel/json.ts';

type DecidedEvent = { eventType: string; streamVersion: number; data: JsonObject };

/** Events that a decision would append, whole. */
export function DecidedEvents({ title, events }: { title: string; events: readonly DecidedEvent[] }) {
  return (
    <Part title={title}>
      {events.map(({ eventType, streamVersion, data }) => (
        <div key={streamVersion} className="rounded-card border border-line bg-surface px-3.5 py-2.5">
          <div className="flex items-center gap-2">
            <EventGlyph eventType={eventType} />
            <span className="font-semibold">{eventType}</span>
            <span className="ml-auto text-ink-3 text-small">version {formatCount(streamVersion)}</span>
          </div>
          {Object.keys(data).length === 0 ? null : (
            <JsonTree label={`Data of ${eventType}`} value={data} className="pt-1" openDepth={1} />
          )}
        </div>
      ))}
    </Part>
  );
}

/** A heading and what belongs to it, in a step of a command. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-semibold">{title}</h3>
      {children}
    </section>
  );
}
