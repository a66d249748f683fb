import type { ReactNode } from 'react';
import { cn } from '#console/ui/cn.ts';

type Props = {
  title: string;
  aside?: ReactNode;
  tone?: 'warn' | 'bad' | null;
  children: ReactNode;
  className?: string;
};

/** A station of the Flow: its name, one figure at the right, and what happens in it. */
export function Station({ title, aside, tone = null, children, className }: Props) {
  return (
    <section
      className={cn(
        'flex min-w-0 flex-col overflow-hidden rounded-card border bg-surface',
        tone === 'bad' ? 'border-bad-solid' : tone === 'warn' ? 'border-warn-solid' : 'border-line-2',
        className,
      )}
    >
      <div className="flex h-[34px] shrink-0 items-center justify-between gap-2 whitespace-nowrap border-line border-b px-3">
        <h3 className="font-semibold">{title}</h3>
        {aside === undefined ? null : <span className="truncate text-ink-3 text-small">{aside}</span>}
      </div>
      {children}
    </section>
  );
}
