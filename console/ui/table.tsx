import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/**
 * A table of hairline rows; `dense` rows are 28 px, `comfortable` 36. It scrolls sideways by itself, so that the page
 * never does, and takes the keyboard for it.
 */
export function Table({
  density = 'dense',
  label,
  className,
  ...props
}: ComponentProps<'table'> & { density?: 'dense' | 'comfortable'; label: string }) {
  return (
    // Positioned, or what is for screen readers alone would stand outside of it and widen the page.
    // biome-ignore lint/a11y/useSemanticElements: a group that scrolls, not a set of form fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
    <div role="group" className="relative overflow-x-auto" aria-label={label} tabIndex={0}>
      <table
        {...props}
        className={cn(
          'w-full border-collapse text-table',
          // What is done to a row stays in sight where the table is wider than the window.
          'max-lg:[&_td:last-child:has(button)]:sticky max-lg:[&_td:last-child:has(button)]:right-0 max-lg:[&_td:last-child:has(button)]:bg-surface',
          // So does the rest of its column, heading and empty cells: they would stand under the names of others.
          'max-lg:[&:has(td:last-child>button)_td:last-child]:sticky max-lg:[&:has(td:last-child>button)_td:last-child]:right-0 max-lg:[&:has(td:last-child>button)_td:last-child]:bg-surface',
          'max-lg:[&:has(td:last-child>button)_th:last-child]:sticky max-lg:[&:has(td:last-child>button)_th:last-child]:right-0 max-lg:[&:has(td:last-child>button)_th:last-child]:bg-surface',
          // Two lines stand off the hairlines; one is as high as ever.
          density === 'dense' ? '[--row:1.75rem]' : '[--row:2.25rem] [&_td]:py-1',
          className,
        )}
      />
    </div>
  );
}

/** The head row. */
export function TableHead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead {...props} className={cn('border-line border-b', className)} />;
}

/** A row. The selected one lies on tide-soft with the tide at its left edge. */
export function TableRow({ selected = false, className, ...props }: ComponentProps<'tr'> & { selected?: boolean }) {
  return (
    <tr
      {...props}
      aria-selected={props.role === 'row' ? selected : undefined}
      className={cn(
        'border-line border-b last:border-b-0',
        selected && 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]',
        className,
      )}
    />
  );
}

/** The name of a column. */
export function TableHeading({ numeric = false, className, ...props }: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      {...props}
      className={cn('h-7 whitespace-nowrap px-2.5 font-medium text-ink-3 text-small', align(numeric), className)}
    />
  );
}

/** A cell; numbers stand right. */
export function TableCell({ numeric = false, className, ...props }: ComponentProps<'td'> & { numeric?: boolean }) {
  return <td {...props} className={cn('h-(--row) px-2.5', align(numeric), className)} />;
}

function align(numeric: boolean): string {
  return numeric ? 'text-right' : 'text-left';
}
