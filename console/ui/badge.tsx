import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { STATUS_TONE, type StatusKind, StatusShape } from './status-shape.tsx';
import { TONE_GROUND, TONE_TEXT, type Tone } from './tone.ts';

type Props = { children: ReactNode; status?: StatusKind; tone?: Tone; className?: string };

/** Shape and word on a soft ground. The tone follows the status where there is one. */
export function Badge({ children, status, tone, className }: Props) {
  const shown = tone ?? (status === undefined ? 'neutral' : STATUS_TONE[status]);
  return (
    <span
      className={cn(
        'inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-badge border px-1.5 font-medium text-small',
        TONE_GROUND[shown],
        TONE_TEXT[shown],
        className,
      )}
    >
      {status === undefined ? null : <StatusShape kind={status} size={10} />}
      {children}
    </span>
  );
}

/** Shape and word without a ground, for table cells. */
export function Status({
  status,
  children,
  className,
}: {
  status: StatusKind;
  children: ReactNode;
  className?: string;
}) {
  return (
    // By the baseline of the word, on which the rest of the row stands; the first thing in it would give that of the shape.
    <span className={cn('inline-flex items-baseline gap-1.5 whitespace-nowrap', className)}>
      <StatusShape kind={status} className="self-center" />
      <span className={status === 'running' ? undefined : cn('font-medium', TONE_TEXT[STATUS_TONE[status]])}>
        {children}
      </span>
    </span>
  );
}
