import { cn } from './cn.ts';
import { TONE_SHAPE, type Tone } from './tone.ts';

type Props = {
  /** Oldest first; null is a gap, which is not drawn. */
  values: readonly (number | null)[];
  /** The scale goes from 0 to the largest value, at least to this. */
  max?: number;
  tone?: Tone;
  width?: number;
  height?: number;
  className?: string;
};

/** The last minute of a figure, without axes: the figure beside it carries the value. */
export function Sparkline({ values, max = 0, tone = 'neutral', width = 92, height = 30, className }: Props) {
  const top = Math.max(max, ...values.map((value) => value ?? 0)) || 1;
  const x = (index: number) => 2 + (values.length < 2 ? 1 : index / (values.length - 1)) * (width - 5);
  const y = (value: number) => height - 3 - (value / top) * (height - 7);
  const last = values.at(-1);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      className={cn(tone === 'neutral' ? 'text-ink-3' : TONE_SHAPE[tone], className)}
    >
      <path d={linePath(values, x, y)} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />
      {last === undefined || last === null ? null : (
        <circle cx={x(values.length - 1)} cy={y(last)} r="1.8" fill="currentColor" />
      )}
    </svg>
  );
}

function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let pen = false;
  values.forEach((value, index) => {
    if (value === null) {
      pen = false;
      return;
    }
    path += `${pen ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
  });
  return path;
}
