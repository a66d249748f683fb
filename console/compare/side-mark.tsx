import type { Side } from '#server/compare/report.ts';

/** Hues of the two sides, from the set of equal lightness; neither reads as good. */
export const SIDE_COLOUR: Record<Side, string> = { a: 'var(--event-255)', b: 'var(--event-310)' };
/** Version a is drawn solid, version b dashed, on every chart. */
export const SIDE_DASH: Record<Side, string | undefined> = { a: undefined, b: '5 3' };

/** A version's name behind its line: solid for a, dashed for b. */
export function SideMark({ side, name }: { side: Side; name: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg width="14" height="8" viewBox="0 0 14 8" aria-hidden className="shrink-0">
        <path
          d="M0 4h14"
          stroke={SIDE_COLOUR[side]}
          strokeWidth="2.4"
          strokeDasharray={side === 'b' ? '4 2' : undefined}
          fill="none"
        />
      </svg>
      {name}
    </span>
  );
}
