import { describe, expect, test } from 'vitest';
import { markSimilar } from './mark-similar.ts';

describe('where a text says something like the words asked for', () => {
  test('the misspelt word marks the one that was meant, with what stands around it', () => {
    expect(markSimilar('ship to Lovelace in London', ['lovlace'])).toEqual(['ship to \ue000Lovelace\ue001 in London']);
  });

  test('what stands before it begins with a whole word', () => {
    expect(markSimilar('a shirt TEE-BLK-M, sent twice to the address of Lovelace', ['lovlace'])).toEqual([
      'sent twice to the address of \ue000Lovelace\ue001',
    ]);
    expect(markSimilar(`${'x'.repeat(60)}-Lovelace`, ['lovlace'])[0]).toMatch(/^x{39}-\ue000Lovelace/);
  });

  test('a text that has nothing alike is shown from its beginning, unmarked', () => {
    const [fragment] = markSimilar('x'.repeat(500), ['lovelace']);
    expect(fragment).toBe('x'.repeat(80));
  });

  test('words that stand together are marked in one fragment, those far apart in two at most', () => {
    expect(markSimilar('express router', ['expres', 'exprss'])).toEqual(['\ue000express\ue001 router']);
    expect(markSimilar('fresh1 cus-fresh TEE', ['cus', 'frehs'])).toEqual([
      'fresh1 \ue000cus\ue001-\ue000fresh\ue001 TEE',
    ]);
    const far = `one ${'-'.repeat(100)} two ${'-'.repeat(100)} three`;
    expect(markSimilar(far, ['one', 'two', 'three'])).toHaveLength(2);
  });
});
