import type { ReactNode } from 'react';
import { cn } from './cn.ts';

/** A key on the keyboard. */
export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-badge border border-line-2 bg-surface px-1 text-ink-2 text-micro dark:bg-raised',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
