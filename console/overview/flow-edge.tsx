'use client';

import { formatRate } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import type { EdgeState, FlowEdge } from './flow-model.ts';
import { useDots } from './use-dots.ts';

const LINE: Record<EdgeState, string> = {
  flowing: 'text-tide-2',
  idle: 'text-line-2',
  slow: 'text-warn-solid',
  held: 'text-warn-solid',
  down: 'text-bad-solid',
};

const LABEL: Record<EdgeState, string> = {
  flowing: 'text-ink-2',
  idle: 'text-ink-2',
  slow: 'font-medium text-warn',
  held: 'font-medium text-warn',
  down: 'font-medium text-bad',
};

type Props = {
  edge: FlowEdge;
  eventsPerDot: number;
  align?: 'start' | 'center';
  className?: string;
};

/** A line with its rate above, its stage below, and dots that drift at the measured rate. */
export function Edge({ edge, eventsPerDot, align = 'center', className }: Props) {
  const track = useDots(edge.state === 'flowing' || edge.state === 'slow' ? edge.rate / eventsPerDot : 0);
  const broken = edge.state === 'held' || edge.state === 'down';
  return (
    <div className={cn('flex min-w-0 flex-col', align === 'center' && 'items-center text-center', className)}>
      <span className="font-semibold">{formatRate(edge.rate)}/s</span>
      <span ref={track} className="relative flex h-2 w-full items-center text-tide">
        <span className={cn('grow border-current border-t-[1.5px]', broken && 'border-dashed', LINE[edge.state])} />
        <svg width="7" height="8" viewBox="0 0 7 8" aria-hidden className={cn('shrink-0', LINE[edge.state])}>
          <path d="M0 0v8l7-4z" fill="currentColor" />
        </svg>
      </span>
      <span className={cn('text-small', LABEL[edge.state])}>{edge.label}</span>
    </div>
  );
}
