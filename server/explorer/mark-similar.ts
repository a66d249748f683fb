const WORDS_LOOKED_AT = 3000;
const CHARS_AROUND = 40;

/**
 * Shows where a text says something like the words asked for: for each the nearest word, between U+E000 and U+E001,
 * with what stands around it. Nearness is Dice's coefficient over trigrams, as Postgres counts it.
 */
export function markSimilar(text: string, words: readonly string[]): string[] {
  const spans = [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, WORDS_LOOKED_AT);
  const fragments = words.flatMap((word) => {
    const asked = trigrams(word);
    let best: { at: number; length: number; score: number } | undefined;
    for (const { 0: candidate, index } of spans) {
      const score = dice(asked, trigrams(candidate.toLowerCase()));
      if (score > (best?.score ?? 0.2)) best = { at: index, length: candidate.length, score };
    }
    if (best === undefined) return [];
    const end = best.at + best.length;
    const before = text.slice(Math.max(0, best.at - CHARS_AROUND), best.at);
    return [`${before}\ue000${text.slice(best.at, end)}\ue001${text.slice(end, end + CHARS_AROUND)}`];
  });
  return fragments.length > 0 ? [...new Set(fragments)].slice(0, 2) : [text.slice(0, 2 * CHARS_AROUND)];
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
