import type { ReactNode } from 'react';
import { cn } from '#console/ui/cn.ts';

/** One of a list that is chosen by its bar. `fill` colours the bar, `length` is a share of the longest. */
export type BarItem = {
  key: string;
  title: string;
  /** Beside the title, and below both. */
  note: ReactNode;
  detail: ReactNode;
  figure: ReactNode;
  length: number;
  fill: string;
  /** Beside the bar. */
  end?: ReactNode;
};

type Props = { items: readonly BarItem[]; chosen: string | null; onChoose: (key: string) => void };

/** What differs, each with how much as a bar; choosing one shows examples of it. */
export function BarList({ items, chosen, onChoose }: Props) {
  return (
    <ul>
      {items.map(({ key, title, note, detail, figure, length, fill, end }) => (
        <li key={key} className="border-line border-t">
          <button
            type="button"
            aria-pressed={key === chosen}
            onClick={() => onChoose(key)}
            className={cn(
              '-outline-offset-2 grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2.5 text-start',
              key === chosen
                ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]'
                : 'hover:bg-sunken dark:hover:bg-raised',
            )}
          >
            <span className="min-w-0">
              <span className="font-semibold">{title}</span> <span className="text-ink-2">{note}</span>
              <span className="block text-ink-2 text-small [overflow-wrap:anywhere]">{detail}</span>
            </span>
            <span className="max-w-36 text-right">{figure}</span>
            <span className="col-span-2 mt-1.5 flex items-center gap-3">
              <span aria-hidden className="h-1.5 grow rounded-gauge bg-sunken">
                <span
                  className={cn('fill-solid block h-full min-w-[3px] rounded-gauge', fill)}
                  style={{ width: `${length * 100}%` }}
                />
              </span>
              {end === undefined ? null : <span className="text-ink-2 text-small">{end}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
