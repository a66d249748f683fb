import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { CopyButton } from './copy-button.tsx';
import { type StatusKind, StatusShape } from './status-shape.tsx';
import { TONE_GROUND, type Tone } from './tone.ts';

type Props = {
  tone: Tone;
  shape?: StatusKind;
  /** A sentence with the name in it. */
  title: ReactNode;
  children?: ReactNode;
  /** A query, a message: mono, copyable. */
  evidence?: string;
  actions?: ReactNode;
  className?: string;
};

const SHAPES: Record<Tone, StatusKind> = {
  ok: 'running',
  warn: 'held',
  bad: 'failed',
  tide: 'working',
  neutral: 'paused',
};

/** One at most on a page; more of them go to the trouble list. */
export function Banner({ tone, shape, title, children, evidence, actions, className }: Props) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-start gap-x-4 gap-y-3 rounded-card border px-4 py-3',
        TONE_GROUND[tone],
        className,
      )}
    >
      <StatusShape kind={shape ?? SHAPES[tone]} size={14} className="mt-1" />
      <div className="min-w-0 grow basis-48">
        <div className="text-lead">{title}</div>
        {children === undefined ? null : <div className="text-ink-2">{children}</div>}
        {evidence === undefined ? null : (
          <div className="mt-2 flex items-start gap-1 rounded-control border border-line bg-surface py-0.5 pr-1 pl-2.5">
            <code className="min-w-0 grow whitespace-pre-wrap break-words py-1 text-ink">{evidence}</code>
            <CopyButton text={evidence} label="Copy" />
          </div>
        )}
      </div>
      {actions === undefined ? null : <div className="flex shrink-0 flex-wrap gap-2 sm:flex-col">{actions}</div>}
    </div>
  );
}
