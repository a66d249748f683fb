import { type ReactNode, useId } from 'react';
import { cn } from '#console/ui/cn.ts';

type Props = {
  title: ReactNode;
  note?: ReactNode;
  /** The ground of the page instead of the surface: for what leads, not for what is shown. */
  quiet?: boolean;
  busy?: boolean;
  children: ReactNode;
  className?: string;
};

/** One of the panes of the inspector: a head that stays, and what scrolls beneath it. */
export function Pane({ title, note, quiet = false, busy = false, children, className }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      aria-busy={busy}
      className={cn('flex min-h-0 min-w-0 flex-col', quiet ? 'bg-canvas' : 'bg-surface', className)}
    >
      <div className="flex h-9 shrink-0 items-center justify-between gap-3 border-line border-b px-3.5">
        <h2 id={id} className="truncate font-semibold">
          {title}
        </h2>
        {note !== undefined && <div className="flex shrink-0 items-center gap-1.5 text-ink-3 text-small">{note}</div>}
      </div>
      {children}
    </section>
  );
}
