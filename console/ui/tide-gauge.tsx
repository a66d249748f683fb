import { cn } from './cn.ts';

type Props = {
  /** Where it is, and the mark it goes to; whole numbers from 0. */
  at: number;
  mark: number;
  /** What it measures, for those who don't see it: "orders, up to the mark". */
  label: string;
  /** Hatch in warn: it is behind and doesn't move. */
  stalled?: boolean;
  size?: 'md' | 'sm';
  className?: string;
};

/** Solid to the checkpoint, hatched from there to the mark, a tide tick at the mark. Full only where they are equal. */
export function TideGauge({ at, mark, label, stalled = false, size = 'md', className }: Props) {
  const complete = at >= mark;
  const share = complete ? 100 : Math.max(0, (at / mark) * 100);
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own way, and none with a hatch
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(mark, 1)}
      aria-valuenow={complete ? Math.max(mark, 1) : at}
      aria-valuetext={complete ? 'at the mark' : `${at} of ${mark}`}
      className={cn('relative min-w-10', size === 'md' ? 'h-2' : 'h-1.5', className)}
    >
      <div className="flex size-full overflow-hidden rounded-gauge bg-sunken forced-colors:border">
        <div className="fill-solid min-w-0 shrink bg-tide-2" style={{ flexBasis: `${share}%` }} />
        {complete ? null : (
          // However small the gap, three pixels of it are seen; nine where somebody must act.
          <div className={cn('hatch grow', stalled ? 'hatch-warn min-w-[9px]' : 'hatch-tide min-w-[3px]')} />
        )}
      </div>
      <div className="fill-mark absolute -inset-y-[1.5px] right-0 w-0.5 bg-tide" />
    </div>
  );
}
