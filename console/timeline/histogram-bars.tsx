import type { HistogramLayout } from './timeline-layout.ts';

/** The bars: in the colour of their series inside the brush, in one quiet ink outside it. */
export function HistogramBars({ layout, colours }: { layout: HistogramLayout; colours: ReadonlyMap<string, string> }) {
  return (
    <>
      {layout.paths.map(({ series, inside, outside }) => (
        <g key={series}>
          {outside !== '' && <path d={outside} fill="var(--line-2)" />}
          {inside !== '' && <path d={inside} fill={colours.get(series) ?? 'var(--ink-4)'} fillOpacity={0.85} />}
        </g>
      ))}
    </>
  );
}
