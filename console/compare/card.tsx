import type { ReactNode } from 'react';
import { cn } from '#console/ui/cn.ts';

type Props = { title: ReactNode; note?: ReactNode; aside?: ReactNode; children: ReactNode; className?: string };

/** A part of the comparison: its name, one clause, and at the right what belongs to all of it. */
export function Card({ title, note, aside, children, className }: Props) {
  return (
    <section className={cn('min-w-0 rounded-card border border-line bg-surface', className)}>
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <h3 className="font-semibold">{title}</h3>
        {note === undefined ? null : <span className="text-ink-2 text-small">{note}</span>}
        {aside === undefined ? null : <div className="ml-auto flex flex-wrap items-center gap-2">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
