import { EVENT_HUES } from '#console/ui/event-glyph-model.ts';

const WIDTH = 1100;
const ROWS = 52;
const ROW_HEIGHT = 27;

const SHAPES = ['opens', 'undoes', 'ends', 'step', 'undoes', 'opens', 'ends', 'step'] as const;

type Mark = { kind: 'opens' | 'step' | 'ends' | 'undoes'; hue: number; d: string };

const MARKS = drawMarks();

/** The store as a picture: settled events in their layers below the tide line, and above it what is not yet. It shows no data. */
export function Strata() {
  return (
    <div aria-hidden className="relative size-full overflow-hidden bg-sunken">
      <span className="absolute top-20 left-7 text-tide">high water</span>
      <div className="hatch hatch-faint absolute inset-x-0 top-[105px] h-[73px] opacity-50 forced-colors:opacity-100" />
      <div className="fill-mark absolute inset-x-0 top-[178px] h-0.5 bg-tide" />
      <div className="absolute inset-x-0 top-[184px] bottom-0 overflow-hidden [mask-image:linear-gradient(black_10%,transparent)]">
        <svg aria-hidden width={WIDTH} height={ROWS * ROW_HEIGHT} fill="none">
          <path d={lines()} stroke="var(--line)" />
          {MARKS.map(({ kind, hue, d }) => (
            <g key={`${kind} ${hue}`} opacity=".85">
              {kind === 'ends' || kind === 'step' ? (
                <path d={d} fill={`var(--event-${hue})`} />
              ) : (
                <path d={d} stroke={`var(--event-${hue})`} strokeWidth="7.4" strokeLinecap="round" />
              )}
              {kind === 'undoes' ? <path d={d} stroke="var(--sunken)" strokeWidth="3.8" strokeLinecap="round" /> : null}
            </g>
          ))}
        </svg>
      </div>
    </div>
  );
}

function lines(): string {
  return Array.from({ length: ROWS }, (_, row) => `M0 ${yOf(row) + 0.5}h${WIDTH}`).join('');
}

function yOf(row: number): number {
  return 12 + row * ROW_HEIGHT;
}

/** One path a type, since 900 elements would weigh more than the page. A zero-length stroke with caps is a dot. */
function drawMarks(): Mark[] {
  const marks = EVENT_HUES.map((hue, index): Mark => ({ kind: SHAPES[index] ?? 'opens', hue, d: '' }));
  // Numbers that are the same at every start, so that server and browser draw the same.
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let row = 0; row < ROWS; row += 1) {
    for (let x = 6 + random() * 40; x < WIDTH; x += 13 + random() ** 2 * 100) {
      const mark = marks[Math.floor(random() * marks.length)];
      if (mark !== undefined) mark.d += drawing(mark.kind, Math.round(x), yOf(row) + 0.5);
    }
  }
  return marks;
}

function drawing(kind: Mark['kind'], x: number, y: number): string {
  switch (kind) {
    case 'ends':
      return `M${x} ${y - 4.6}l4.6 4.6-4.6 4.6-4.6-4.6z`;
    case 'step':
      return `M${x - 3.2} ${y - 3.2}h6.4v6.4h-6.4z`;
    case 'opens':
    case 'undoes':
      return `M${x} ${y}h0`;
  }
}
