import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type Props = {
  /** One sentence that names what emptied it. */
  title: ReactNode;
  children?: ReactNode;
  /** The way out: a button that removes the filter. */
  action?: ReactNode;
  className?: string;
};

/** Nothing to show, why, and the way out. */
export function EmptyState({ title, children, action, className }: Props) {
  return (
    <div className={cn('flex flex-col items-start gap-2 px-4 py-6', className)}>
      <p className="text-lead">{title}</p>
      {children === undefined ? null : <div className="max-w-prose text-ink-2">{children}</div>}
      {action}
    </div>
  );
}
