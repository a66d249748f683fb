import { describe, expect, test } from 'vitest';
import { documentText } from './document-text.ts';

describe('the text of a document', () => {
  test('names weigh more than the rest, and a path is found by its parts', () => {
    const { title, names, body } = documentText('file-lib/router.js', { path: 'lib/router.js', note: 'a remark' });
    expect(title).toBe('lib/router.js');
    expect(names).toContain('lib router js');
    expect(names).not.toContain('remark');
    expect(body).toContain('a remark');
  });

  test('is the same whatever the order of the keys, because a replay must make the same document', () => {
    expect(documentText('order-1', { a: 'x', b: { d: 'y', c: 'z' } })).toEqual(
      documentText('order-1', { b: { c: 'z', d: 'y' }, a: 'x' }),
    );
  });

  test('stays within its bounds for a document of a million texts or one endless text', () => {
    const many = documentText('dump-1', { rows: Array.from({ length: 1_000_000 }, (_, index) => `row ${index}`) });
    const endless = documentText('dump-2', { text: 'x'.repeat(5_000_000) });
    expect(many.body.length).toBeLessThanOrEqual(16_000);
    expect(endless.body).toHaveLength(1000);
  });
});
