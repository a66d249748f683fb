import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beginning, textPieces, verbatim, verbatimString } from './verbatim.ts';

describe('a text is shown verbatim', () => {
  test('what can not be seen is escaped; HTML, right-to-left letters, emoji, lines and tabs stay', () => {
    expect(verbatim('\u001b[31mred\u001b[0m')).toBe('\\u001b[31mred\\u001b[0m');
    expect(verbatim('user\u202etxt.exe')).toBe('user\\u202etxt.exe');
    expect(verbatim('a\u200bb\ufeffc\u{e0041}')).toBe('a\\u200bb\\ufeffc\\udb40\\udc41');
    const harmless = '<img src=x onerror=alert(1)> שלום مرحبا 👩‍👩‍👧\n\tnext';
    expect(verbatim(harmless)).toBe(harmless);
  });

  test('an escaped string is the same string to JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(verbatimString(text))).toBe(text);
      }),
    );
  });

  test('a beginning never cuts through a character', () => {
    expect(beginning('ab😀', 3)).toBe('ab');
    expect(beginning('ab😀', 4)).toBe('ab😀');
  });

  test('pieces are the whole text, none longer than asked, none of half a character', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'ß', '😀', '\n', 'word '), { maxLength: 200 }), (parts) => {
        const text = parts.join('');
        const pieces = textPieces(text, 16);
        expect(Math.max(0, ...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(16);
        expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
        expect(pieces.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
      }),
    );
  });
});
