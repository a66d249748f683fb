'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';
import { cn } from '#console/ui/cn.ts';

type Props = { chosen: string | null; onChoose(category: string | null): void };

/** All categories or one of them. */
export function CategoryChoice({ chosen, onChoose }: Props) {
  const trpc = useTRPC();
  const categories = useQuery(trpc.streams.categories.queryOptions());
  const names = categories.data?.categories.map((item) => item.category) ?? [];
  if (categories.data !== undefined && names.length < 2 && chosen === null) return null;
  return (
    <div className="mt-2.5 flex gap-1 overflow-x-auto">
      {[null, ...names].map((category) => (
        <button
          key={category ?? ''}
          type="button"
          aria-pressed={category === chosen}
          onClick={() => onChoose(category)}
          className={cn(
            'h-7 shrink-0 rounded-control border px-2.5 touch:h-9',
            category === chosen
              ? 'border-line-2 bg-sunken font-semibold dark:bg-raised'
              : 'border-transparent text-ink-2 hover:bg-sunken dark:hover:bg-surface',
          )}
        >
          {category ?? 'All'}
        </button>
      ))}
    </div>
  );
}
