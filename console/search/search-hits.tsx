'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import { cn } from '#console/ui/cn.ts';
import type { SearchHit } from '#server/explorer/searches.ts';
import { Highlighted } from './highlighted.tsx';

type Props = {
  /** What was asked for. */
  q: string;
  hits: readonly SearchHit[];
  selected: number;
  /** They answer the question before this one. */
  stale: boolean;
  onSelect(index: number): void;
};

/** Streams that match, best first, with the words that matched. */
export function SearchHits({ q, hits, selected, stale, onSelect }: Props) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[selected]?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <ol
      ref={list}
      aria-label="Hits"
      className={cn('overflow-hidden rounded-card border border-line bg-surface', stale && 'opacity-60')}
    >
      {hits.map((hit, index) => (
        <li key={hit.streamId} className="border-line border-b last:border-b-0">
          <Link
            href={routes.stream(hit.streamId)}
            prefetch={false}
            aria-current={index === selected ? 'true' : undefined}
            onFocus={() => onSelect(index)}
            className={cn(
              '-outline-offset-2 block px-3.5 py-2.5',
              index === selected
                ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]'
                : 'hover:bg-sunken dark:hover:bg-raised',
            )}
          >
            <span className="flex flex-wrap items-baseline gap-x-2.5">
              <span className="font-semibold">
                <Highlighted fragment={hit.title} />
              </span>
              <span className="mono [overflow-wrap:anywhere] text-ink-2">{hit.streamId}</span>
              <span className="ms-auto whitespace-nowrap text-ink-3 text-small">
                {hit.match === 'alike' && 'spelt alike, '}
                {hit.streamId === q
                  ? 'this id, '
                  : q.includes('-') && hit.streamId.startsWith(q) && 'its id begins so, '}
                {formatNumberOf(hit.streamVersion, 'version')}
              </span>
            </span>
            {hit.highlights.map((fragment) => (
              <span key={fragment} className="block [overflow-wrap:anywhere] text-ink-2">
                <Highlighted fragment={fragment} />
              </span>
            ))}
          </Link>
        </li>
      ))}
    </ol>
  );
}
