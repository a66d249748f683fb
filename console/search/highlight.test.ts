import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlightSegments } from './highlight.ts';

describe('highlightSegments', () => {
  test('splits at the markers', () => {
    expect(highlightSegments('two \uE000shirts\uE001 and a \uE000mug\uE001')).toEqual([
      { text: 'two ', match: false },
      { text: 'shirts', match: true },
      { text: ' and a ', match: false },
      { text: 'mug', match: true },
    ]);
  });

  test('HTML stays text', () => {
    expect(highlightSegments('<b>\uE000<img onerror=x>\uE001')).toEqual([
      { text: '<b>', match: false },
      { text: '<img onerror=x>', match: true },
    ]);
  });

  test('a marker without its partner marks nothing', () => {
    expect(highlightSegments('a \uE000b')).toEqual([{ text: 'a b', match: false }]);
    expect(highlightSegments('a\uE001 b')).toEqual([{ text: 'a b', match: false }]);
  });

  test('loses no other character, however the markers stand', () => {
    const text = fc.array(fc.constantFrom('\uE000', '\uE001', 'a', '<', ' ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (fragment) => {
        const joined = highlightSegments(fragment)
          .map((segment) => segment.text)
          .join('');
        expect(joined).toBe(fragment.replace(/[\uE000\uE001]/g, ''));
      }),
    );
  });
});
