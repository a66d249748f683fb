import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { cn } from '#console/ui/cn.ts';

type Props = {
  number: number;
  title: string;
  state: 'done' | 'current' | 'ahead';
  aside?: ReactNode;
  /** Takes the focus when it becomes true: the button that led here has gone. */
  focused?: boolean;
  children: ReactNode;
  className?: string;
};

/** One of the three steps of a command. The current one lies on the surface; a finished one has a tick. */
export function StepColumn({ number, title, state, aside, focused = false, children, className }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!focused) return;
    heading.current?.focus({ preventScroll: true });
    // One column under the other: what has come is read from its beginning, below the bar of the page.
    heading.current?.scrollIntoView({ block: 'start' });
  }, [focused]);
  return (
    <section
      aria-label={title}
      aria-current={state === 'current' ? 'step' : undefined}
      className={cn('flex min-w-0 flex-col lg:min-h-0', state === 'current' ? 'bg-surface' : 'bg-canvas', className)}
    >
      <div className="flex h-13 shrink-0 items-center gap-3 border-line border-b px-4 sm:px-5">
        <span
          aria-hidden
          className={cn(
            'flex size-6 items-center justify-center rounded-badge border font-semibold text-small',
            state === 'current' ? 'border-transparent bg-ink text-canvas' : 'border-line-2 text-ink-2',
          )}
        >
          {state === 'done' ? <Check size={14} strokeWidth={1.75} /> : number}
        </span>
        <h2 ref={heading} tabIndex={-1} className={cn('scroll-mt-16 text-title', state === 'ahead' && 'text-ink-3')}>
          {title}
        </h2>
        <div className="ml-auto text-ink-2 text-small">{aside}</div>
      </div>
      <div className="min-h-0 grow overflow-y-auto px-4 py-4 sm:px-5">{children}</div>
    </section>
  );
}
