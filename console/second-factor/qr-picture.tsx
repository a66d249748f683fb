import { encode } from 'uqr';

/** A text as a QR code: dark on light in both themes, since many readers take nothing else. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: 2 });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 shrink-0 rounded-control border border-line bg-raised text-ink dark:bg-ink dark:text-canvas forced-color-adjust-none"
    >
      <path d={data.map(drawRow).join('')} fill="currentColor" />
    </svg>
  );
}

/** The dark modules of a row, those side by side as one rectangle. */
function drawRow(row: readonly boolean[], y: number): string {
  const starts = row.flatMap((dark, x) => (dark && row[x - 1] !== true ? [x] : []));
  return starts
    .map((x) => {
      const end = row.indexOf(false, x);
      return `M${x} ${y}h${(end === -1 ? row.length : end) - x}v1H${x}z`;
    })
    .join('');
}
