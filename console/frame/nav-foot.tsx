'use client';

import { formatCount, formatNumberOf, formatSeconds } from '#console/format.ts';
import { aboveMark, markHolder } from '#console/overview/trouble.ts';
import { usePulse } from '#console/pulse.tsx';
import { cn } from '#console/ui/cn.ts';

/** High water, wherever one is: its position, and how far the head is from it. */
export function NavFoot({ className }: { className?: string }) {
  const { pulse, asOf } = usePulse();
  if (pulse === null) return null;
  const holder = markHolder(pulse);
  const above = aboveMark(pulse);
  return (
    <div className={cn('px-2 text-small', className)} title="Up to here nothing can still appear">
      <div className="flex items-center gap-2 text-ink-2">
        <span aria-hidden className="fill-mark h-0.5 w-3 bg-tide" />
        High water
      </div>
      <div className={cn('font-medium text-body', asOf === null ? 'text-ink' : 'text-ink-3')}>
        {formatCount(pulse.projections.highWaterMark)}
      </div>
      <div className={holder === null ? 'text-ink-3' : 'font-medium text-warn'}>
        {holder !== null
          ? `held ${formatSeconds(holder.openSeconds)}`
          : above === 0
            ? 'at the head'
            : `${formatNumberOf(above, 'event')} behind the head`}
      </div>
    </div>
  );
}
