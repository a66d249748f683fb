import type { DiffLine } from './diff-lines.ts';

export type FoldedRun = { kind: 'folded'; from: number; count: number; depth: number };
export type ShownLine = { kind: 'line'; index: number; line: DiffLine };

/** Unchanged lines that stay beside a change. */
const CONTEXT = 3;
/** A run shorter than this is shown: the note would take as much room. */
const FOLD_MIN = 2;

/**
 * Folds runs of unchanged lines away from changes into one note. The opening lines of what encloses a change stay, so
 * that every change stands under the keys that it belongs to. `opened` are the first indexes of runs to leave open.
 */
export function foldLines(
  lines: readonly DiffLine[],
  opened: ReadonlySet<number> = new Set(),
): (ShownLine | FoldedRun)[] {
  const kept = keptLines(lines);
  const shown: (ShownLine | FoldedRun)[] = [];
  let index = 0;
  while (index < lines.length) {
    let end = index;
    while (end < lines.length && !kept[end]) end++;
    const count = end - index;
    if (count >= FOLD_MIN && !opened.has(index)) {
      shown.push({ kind: 'folded', from: index, count, depth: shallowest(lines, index, end) });
    } else {
      for (let at = index; at < end; at++) pushLine(shown, lines, at);
    }
    if (end < lines.length) pushLine(shown, lines, end);
    index = end + 1;
  }
  return shown;
}

function keptLines(lines: readonly DiffLine[]): boolean[] {
  const kept = lines.map(() => false);
  // Where nothing changed there is nothing to keep near; the whole is shown.
  if (lines.every((line) => line.kind === 'same')) return kept.fill(true);
  const openers: number[] = [];
  lines.forEach((line, index) => {
    while (openers.length > 0 && (lines[openers.at(-1) ?? 0]?.depth ?? 0) >= line.depth) openers.pop();
    if (line.kind !== 'same') {
      for (const opener of openers) kept[opener] = true;
      for (let near = Math.max(0, index - CONTEXT); near <= Math.min(lines.length - 1, index + CONTEXT); near++) {
        kept[near] = true;
      }
    }
    if (/[[{]$/.test(line.text)) openers.push(index);
  });
  return kept;
}

function pushLine(shown: (ShownLine | FoldedRun)[], lines: readonly DiffLine[], index: number): void {
  const line = lines[index];
  if (line !== undefined) shown.push({ kind: 'line', index, line });
}

function shallowest(lines: readonly DiffLine[], from: number, to: number): number {
  return lines.slice(from, to).reduce((depth, line) => Math.min(depth, line.depth), Number.MAX_SAFE_INTEGER);
}
