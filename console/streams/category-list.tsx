'use client';

import { formatCount } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import type { StreamCounts } from '#server/explorer/explorer.ts';

type Props = {
  counts: StreamCounts | undefined;
  chosen: string | null;
  onChoose(category: string | null): void;
};

/** Categories with their numbers of streams; one at a time, or all. */
export function CategoryList({ counts, chosen, onChoose }: Props) {
  const categories = counts?.categories;
  // Not counted yet is no number: a zero would be a claim.
  const all = categories?.reduce((sum, item) => sum + item.streams, 0);
  const items = [{ category: null, streams: all }, ...(categories ?? [])];
  return (
    <>
      <ul className="flex gap-1 px-2 pb-3 max-lg:overflow-x-auto lg:flex-col">
        {items.map(({ category, streams }) => (
          <li key={category ?? ''} className="max-lg:shrink-0">
            <button
              type="button"
              aria-pressed={category === chosen}
              onClick={() => onChoose(category)}
              className={cn(
                'flex h-7 w-full items-center justify-between gap-3 rounded-control px-2 touch:h-9',
                category === chosen
                  ? 'bg-sunken font-semibold dark:bg-surface'
                  : 'hover:bg-sunken dark:hover:bg-surface',
              )}
            >
              <span className="truncate">{category ?? 'All categories'}</span>
              <span className="font-normal text-ink-3 text-small">
                {streams === undefined ? '' : formatCount(streams)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {counts?.complete === false && (
        <p className="px-4 pb-3 text-ink-3 text-small" role="status">
          Still being counted: each number is at least this.
        </p>
      )}
    </>
  );
}
