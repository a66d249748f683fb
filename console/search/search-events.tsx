'use client';

import Link from 'next/link';
import { formatCount, formatNumberOf } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { cn } from '#console/ui/cn.ts';
import { EventGlyph } from '#console/ui/event-glyph.tsx';
import type { EventHits } from '#server/explorer/searches.ts';
import { Highlighted } from './highlighted.tsx';

type Props = { q: string; found: EventHits; selected: number; onSelect(index: number): void };

/** Events that match, each with why; the types whose names match lead to all of theirs. */
export function SearchEvents({ q, found, selected, onSelect }: Props) {
  const zone = useZone();
  const { types, hits, payloadsLookedAt } = found;
  if (types.length === 0 && hits.length === 0) return null;
  return (
    <section aria-labelledby="event-hits" className="mt-5">
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-3">
        <h2 id="event-hits" className="font-semibold">
          Events
        </h2>
        {payloadsLookedAt > 0 && (
          <p className="text-ink-3 text-small">
            payloads of the newest {formatCount(payloadsLookedAt)} were looked through
          </p>
        )}
      </div>
      {types.length > 0 && (
        <ul aria-label="Types" className="mb-2 flex flex-wrap gap-1.5">
          {types.map(({ eventType, count }) => (
            <li key={eventType}>
              <Link
                href={routes.events({ range: 'all', type: eventType })}
                className="inline-flex h-7 items-center gap-2 rounded-control border border-line-2 bg-surface px-2.5 hover:bg-sunken touch:h-9"
              >
                <EventGlyph eventType={eventType} />
                {eventType}
                <span className="text-ink-3 text-small">
                  {!eventType.toLowerCase().includes(q.toLowerCase()) && 'spelt alike, '}
                  {formatNumberOf(count, 'event')}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {hits.length > 0 && (
        <ol aria-label="Events that match" className="overflow-hidden rounded-card border border-line bg-surface">
          {hits.map((hit, index) => (
            <li key={hit.globalPosition} className="border-line border-b last:border-b-0">
              <Link
                href={routes.event(hit.globalPosition)}
                prefetch={false}
                aria-current={index === selected ? 'true' : undefined}
                onFocus={() => onSelect(index)}
                className={cn(
                  '-outline-offset-2 block px-3.5 py-2',
                  index === selected
                    ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]'
                    : 'hover:bg-sunken dark:hover:bg-raised',
                )}
              >
                <span className="flex flex-wrap items-baseline gap-x-2.5">
                  <EventGlyph eventType={hit.eventType} />
                  <span className="font-semibold">{hit.eventType}</span>
                  <span className="mono [overflow-wrap:anywhere] text-ink-2">
                    {hit.streamId} v{hit.streamVersion}
                  </span>
                  <span className="ms-auto whitespace-nowrap text-ink-3 text-small">
                    {formatTime(hit.occurredAt, zone)}
                  </span>
                </span>
                <span className="block [overflow-wrap:anywhere] text-ink-2">
                  {hit.match.by === 'payload' ? (
                    <>
                      {hit.match.where !== null && <span className="mono text-ink-3">{hit.match.where} </span>}
                      <Highlighted fragment={hit.match.text} />
                    </>
                  ) : (
                    `by its ${hit.match.by}`
                  )}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
