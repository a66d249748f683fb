import { highlightSegments } from './highlight.ts';

/** A text with what matched marked in it. */
export function Highlighted({ fragment }: { fragment: string }) {
  return highlightSegments(fragment).map((segment, index) =>
    segment.match ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: segments of one text never move
      <mark key={index} className="rounded-gauge bg-warn-soft font-semibold text-ink">
        {segment.text}
      </mark>
    ) : (
      segment.text
    ),
  );
}
