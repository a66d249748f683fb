const WORDS_LOOKED_AT = 3000;
const CHARS_AROUND = 40;
const FRAGMENTS_MAX = 2;
/** Words that are marked; each lengthens its fragment. */
const MARKS_MAX = 4;

/**
 * Shows where a text says something like the words asked for: for each the nearest word, between U+E000 and U+E001,
 * with what stands around it. Nearness is Dice's coefficient over trigrams, as Postgres counts it.
 */
export function markSimilar(text: string, words: readonly string[]): string[] {
  const spans = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, WORDS_LOOKED_AT);
  const marks = new Map<number, Mark>();
  for (const word of words) {
    const asked = trigrams(word);
    let best: (Mark & { score: number }) | undefined;
    for (const { 0: candidate, index } of spans) {
      const score = dice(asked, trigrams(candidate.toLowerCase()));
      if (score > (best?.score ?? 0.2)) best = { at: index, end: index + candidate.length, score };
    }
    if (best !== undefined) marks.set(best.at, best);
  }
  const fragments = together([...marks.values()].slice(0, MARKS_MAX)).map((some) => fragmentOf(text, some));
  return fragments.length > 0 ? fragments.slice(0, FRAGMENTS_MAX) : [text.slice(0, 2 * CHARS_AROUND)];
}

type Mark = { at: number; end: number };

/** Marks whose surroundings meet stand in one fragment: two would say the same twice. */
function together(marks: readonly Mark[]): Mark[][] {
  const groups: Mark[][] = [];
  for (const mark of [...marks].sort((a, b) => a.at - b.at)) {
    const open = groups.at(-1);
    if (open !== undefined && mark.at - (open.at(-1)?.end ?? 0) <= 2 * CHARS_AROUND) open.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

function fragmentOf(text: string, marks: readonly Mark[]): string {
  const first = marks[0]?.at ?? 0;
  const cut = Math.max(0, first - CHARS_AROUND);
  // A word is begun whole: where the cut falls into one, after it.
  let from = cut === 0 ? 0 : cut + text.slice(cut, first).search(/\s/) + 1;
  let fragment = '';
  for (const { at, end } of marks) {
    fragment += `${text.slice(from, at)}\ue000${text.slice(at, end)}\ue001`;
    from = end;
  }
  return fragment + text.slice(from, from + CHARS_AROUND);
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, index) => padded.slice(index, index + 3)));
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
