import { formatRate } from '#console/format.ts';
import { formatClock } from '#console/format-time.ts';
import { type DensityBar, sum } from './density-chart-model.ts';

type Props = {
  /** Both given by Recharts. */
  active?: boolean;
  payload?: readonly { payload?: DensityBar }[];
  layers: readonly string[];
  colorOf: (layer: string) => string;
  zone: string;
};

/** One bar in figures. */
export function DensityTooltip({ active, payload, layers, colorOf, zone }: Props) {
  const bar = payload?.[0]?.payload;
  if (active !== true || bar === undefined) return null;
  return (
    <div className="min-w-36 rounded-control bg-raised px-3 py-2 text-small shadow-float">
      <div className="flex justify-between gap-4 font-semibold">
        <span>{formatClock(bar.start, zone)}</span>
        <span>{formatRate(sum(bar.rates))}/s</span>
      </div>
      {layers
        .filter((layer) => (bar.rates[layer] ?? 0) > 0)
        .map((layer) => (
          <div key={layer} className="flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-[1px]" style={{ background: colorOf(layer) }} />
            <span className="grow">{layer}</span>
            <span className="text-ink-2">{formatRate(bar.rates[layer] ?? 0)}/s</span>
          </div>
        ))}
      {bar.past ? <div className="pt-1 text-ink-3">past the high-water line</div> : null}
    </div>
  );
}
