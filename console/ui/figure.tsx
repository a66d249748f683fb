import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { TONE_TEXT, type Tone } from './tone.ts';

type Props = {
  label: string;
  value: string;
  unit?: string;
  note?: ReactNode;
  /** Only past its objective; ink otherwise. */
  tone?: Tone;
  spark?: ReactNode;
  /** `verdict` on detail pages. */
  size?: 'figure' | 'verdict';
  /** The time the figure is of, where that is more than 5 s ago. */
  asOf?: string | null;
  className?: string;
};

/** One figure with its unit, its window and its age. Stands in a `FigureStrip`. */
export function Figure({ label, value, unit, note, tone = 'neutral', spark, size = 'figure', asOf, className }: Props) {
  const stale = asOf !== undefined && asOf !== null;
  return (
    <div
      className={cn(
        'grid min-w-0 grid-cols-[minmax(0,1fr)_auto] content-start gap-x-3',
        stale && 'text-ink-3',
        className,
      )}
    >
      <div className={stale ? 'text-small' : 'text-ink-2 text-small'}>{label}</div>
      {spark === undefined ? null : <div className="row-span-2 self-end pb-1 max-sm:hidden">{spark}</div>}
      <div className="col-start-1 flex flex-wrap items-baseline gap-x-1.5">
        <span
          className={cn(
            size === 'figure' ? 'text-figure' : 'text-verdict',
            stale ? undefined : tone === 'neutral' ? 'text-ink' : TONE_TEXT[tone],
          )}
        >
          {value}
        </span>
        {unit === undefined ? null : <span className={stale ? undefined : 'text-ink-2'}>{unit}</span>}
      </div>
      <div className="col-span-2 text-ink-3 text-micro">{stale ? `as of ${asOf}` : note}</div>
    </div>
  );
}

/** Figures side by side, split by hairlines; two by two where there is no room. */
export function FigureStrip({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={cn(
        'grid auto-cols-fr grid-cols-2 gap-y-4 sm:grid-flow-col sm:grid-cols-none',
        '*:border-line *:px-4 sm:*:border-l sm:[&>*:first-child]:border-l-0 sm:[&>*:first-child]:pl-0.5',
        className,
      )}
    >
      {children}
    </div>
  );
}
