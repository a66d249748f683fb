'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { cn } from './cn.ts';
import { useChosen } from './use-chosen.ts';

export type GridColumn = { name: string; head?: ReactNode; className?: string };

type Props = {
  label: string;
  columns: readonly GridColumn[];
  /** `grid-cols-…` of head and rows, so that both stand beneath each other. */
  template: string;
  count: number;
  /** False while there are more rows than are known of. */
  complete: boolean;
  rowKey(index: number): string;
  /** The cells of a row, as `GridCell`s. */
  renderRow(index: number): ReactNode;
  /** −1 for none. */
  selectedIndex: number;
  onSelect(index: number): void;
  onOpen?: (index: number) => void;
  /** First and last row drawn, whenever they change. */
  onRange?: (first: number, last: number) => void;
  /** Whether the first row is in view. */
  onAtTop?: (atTop: boolean) => void;
  /** Beneath the last row. */
  foot?: ReactNode;
  rowPx?: number;
  className?: string;
};

const OVERSCAN = 12;

/**
 * A table of any length of which only the rows in view are in the page. The grid itself has the focus and names its
 * selected row, so that a row that scrolls away takes no focus with it. Arrows, Page keys, Home and End select; Enter opens.
 */
export function VirtualGrid(props: Props) {
  const { label, columns, template, count, complete, selectedIndex, onAtTop, foot, rowPx = 28, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const idPrefix = useId();
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    getItemKey: props.rowKey,
    paddingStart: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { onRange } = props;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);

  const chosen = useChosen(selectedIndex);
  const select = (index: number) => {
    chosen.current = index;
    props.onSelect(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2;
    const target = targetOf(event, chosen.current, count, page);
    if (target !== null) select(target);
    else if (event.key === 'Enter' && event.target === event.currentTarget && chosen.current >= 0) {
      props.onOpen?.(chosen.current);
    } else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr[data-index]') : null;
    if (row !== null) select(Number(row.dataset.index));
  };

  return (
    <div
      ref={scroller}
      onScroll={(event) => onAtTop?.(event.currentTarget.scrollTop < rowPx / 2)}
      className={cn(
        'min-h-0 overflow-y-auto overflow-x-hidden bg-surface text-table [overflow-anchor:none]',
        className,
      )}
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table may become a grid (ARIA in HTML)
        role="grid"
        aria-label={label}
        aria-rowcount={complete ? count + 1 : -1}
        aria-activedescendant={
          selectedIndex >= first && selectedIndex <= last ? `${idPrefix}${selectedIndex}` : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        className="group/grid relative block outline-hidden"
        style={{ height: virtualizer.getTotalSize() }}
      >
        <thead className="sticky top-0 z-10 block border-line border-b bg-surface group-focus-visible/grid:shadow-[inset_0_-2px_0_var(--tide)]">
          <tr className={cn('grid h-7 items-center', template)} aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={cn(HEAD_CELL, column.className)}>
                {column.head ?? column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block">
          {items.map((item) => (
            <tr
              key={item.key}
              id={`${idPrefix}${item.index}`}
              data-index={item.index}
              aria-rowindex={item.index + 2}
              aria-selected={item.index === selectedIndex}
              className={cn(
                'absolute inset-x-0 top-0 grid cursor-pointer items-center border-line border-b',
                template,
                item.index === selectedIndex
                  ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)] outline-2 outline-transparent -outline-offset-2 group-focus-visible/grid:outline-tide'
                  : 'hover:bg-sunken dark:hover:bg-raised',
              )}
              style={{ height: rowPx, transform: `translateY(${item.start}px)` }}
            >
              {props.renderRow(item.index)}
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
    </div>
  );
}

const HEAD_PX = 28;
const HEAD_CELL = 'min-w-0 truncate text-start font-medium text-ink-3 text-small';

/** A cell; it never breaks its row. */
export function GridCell({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return <td className={cn('min-w-0 truncate', className)}>{children}</td>;
}

function targetOf(event: KeyboardEvent, selected: number, count: number, page: number): number | null {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || count === 0) return null;
  const clamp = (index: number) => Math.min(Math.max(index, 0), count - 1);
  switch (event.key) {
    case 'ArrowDown':
      return clamp(selected + 1);
    case 'ArrowUp':
      return clamp(selected - 1);
    case 'PageDown':
      return clamp(selected + Math.max(1, page));
    case 'PageUp':
      return clamp(selected - Math.max(1, page));
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
