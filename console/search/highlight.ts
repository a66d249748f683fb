export type Segment = { text: string; match: boolean };

const OPEN = '\uE000';
const CLOSE = '\uE001';

/**
 * Splits a fragment at the markers that the search puts round its matches. The text is never read as HTML; a marker
 * without its partner marks nothing and is dropped.
 */
export function highlightSegments(fragment: string): Segment[] {
  const segments: Segment[] = [];
  const push = (text: string, match: boolean) => {
    const plain = text.replaceAll(OPEN, '').replaceAll(CLOSE, '');
    if (plain !== '') segments.push({ text: plain, match });
  };
  let rest = fragment;
  while (rest !== '') {
    const open = rest.indexOf(OPEN);
    const close = open < 0 ? -1 : rest.indexOf(CLOSE, open);
    if (close < 0) {
      push(rest, false);
      break;
    }
    push(rest.slice(0, open), false);
    push(rest.slice(open + 1, close), true);
    rest = rest.slice(close + 1);
  }
  return segments;
}
