import type { ReactNode } from 'react';
import { ResponsiveContainer } from 'recharts';

type Props = { label: string; height: number; children: ReactNode };

export const AXIS_LABEL = { fontSize: 11, fill: 'var(--ink-3)' };
export const AXIS_LINE = { stroke: 'var(--line-2)' };

/** A chart of Recharts as a figure: what it shows stands in its label, the figures in the table beside it. */
export function ChartFrame({ label, height, children }: Props) {
  return (
    <figure aria-label={label} className="min-w-0">
      <div aria-hidden style={{ height }}>
        <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 540, height }}>
          {children as never}
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
