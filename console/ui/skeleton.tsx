'use client';

import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

const PATIENCE_MS = 5000;
const WIDTHS = ['w-11/12', 'w-4/5', 'w-10/12', 'w-3/4', 'w-5/6'];

/** One line in sunken at its real height. Appears after 200 ms, so that a quick answer never flickers. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('appear-late h-4 rounded-badge bg-sunken dark:bg-raised', className)} />;
}

type LinesProps = {
  rows: number;
  /** Pixels of a row of what comes. */
  rowHeight?: number;
  /** What is awaited: "events". */
  label: string;
  onCancel?: () => void;
  className?: string;
};

/** Rows that are still on their way; past 5 s it says how long it has been, and offers to cancel. */
export function SkeletonLines({ rows, rowHeight = 28, label, onCancel, className }: LinesProps) {
  const waited = useWaitedSeconds();
  return (
    <div role="status" className={className}>
      <span className="sr-only">Loading {label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className="flex items-center px-2.5" style={{ height: rowHeight }}>
          <Skeleton className={cn('h-3', WIDTHS[row % WIDTHS.length])} />
        </div>
      ))}
      {waited === null ? null : (
        <div className="flex items-center gap-3 px-2.5 py-2 text-ink-2 text-small">
          {waited} s and still waiting for {label}
          {onCancel === undefined ? null : <Button onClick={onCancel}>Cancel</Button>}
        </div>
      )}
    </div>
  );
}

/** Whole seconds since it was mounted, once they are more than five. */
function useWaitedSeconds(): number | null {
  const [waited, setWaited] = useState<number | null>(null);
  useEffect(() => {
    const started = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - started >= PATIENCE_MS) setWaited(Math.floor((Date.now() - started) / 1000));
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return waited;
}
