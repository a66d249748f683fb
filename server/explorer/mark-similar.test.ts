import { describe, expect, test } from 'vitest';
import { markSimilar } from './mark-similar.ts';

describe('where a text says something like the words asked for', () => {
  test('the misspelt word marks the one that was meant, with what stands around it', () => {
    expect(markSimilar('ship to Lovelace in London', ['lovlace'])).toEqual(['ship to \ue000Lovelace\ue001 in London']);
  });

  test('a text that has nothing alike is shown from its beginning, unmarked', () => {
    const [fragment] = markSimilar('x'.repeat(500), ['lovelace']);
    expect(fragment).toBe('x'.repeat(80));
  });

  test('two words make at most two fragments, one where they meet in the same word', () => {
    expect(markSimilar('express router', ['expres', 'exprss'])).toHaveLength(1);
    expect(markSimilar('one two three', ['one', 'two', 'three'])).toHaveLength(2);
  });
});
