/**
 * Characters that show nothing, or change how what stands beside them is shown: controls (ANSI colours begin with one),
 * soft hyphens, zero-width spaces, the marks and overrides of writing direction, line separators, byte order marks, tags.
 * Line feed and tab do what they say. The joiners U+200C and U+200D stay: Persian and many emoji are spelt with them.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to show
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** A text with what can't be seen in it written as JSON escapes, `\u202e`: the same text to JSON, and nothing to be fooled by. */
export function verbatim(text: string): string {
  return text.replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

/** A string as JSON has it, in quotes, with what can't be seen escaped. */
export function verbatimString(text: string): string {
  return verbatim(JSON.stringify(text));
}

/** The first `length` characters; one that takes two code units is not cut through. */
export function beginning(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/**
 * A long text in pieces that a page lays out one by one: each ends at a line's end where one is near, or within a line at
 * `pieceLength`. Together they are the text, but for the line feeds between them.
 */
export function textPieces(text: string, pieceLength: number): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    if (text.length - from <= pieceLength) {
      pieces.push(text.slice(from));
      break;
    }
    const piece = beginning(text.slice(from, from + pieceLength), pieceLength);
    const lineEnd = piece.lastIndexOf('\n');
    if (lineEnd >= 0) {
      pieces.push(piece.slice(0, lineEnd));
      from += lineEnd + 1;
    } else {
      pieces.push(piece);
      from += piece.length;
    }
  }
  return pieces;
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
