import { expect, test } from 'vitest';
import { addView, readViews, removeView } from './saved-views-model.ts';

test('views are kept by name, replaced by name, forgotten by name; nothing else is taken for one', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  expect(readViews(store)).toEqual([]);
  addView(store, { name: 'late', query: '?range=1h' });
  addView(store, { name: ' big ', query: '?where=data.a+%3E+1' });
  expect(addView(store, { name: 'late', query: '?range=6h' })).toEqual([
    { name: 'big', query: '?where=data.a+%3E+1' },
    { name: 'late', query: '?range=6h' },
  ]);
  expect(removeView(store, 'big')).toEqual([{ name: 'late', query: '?range=6h' }]);
  kept.set('tidemark-saved-views', '[{"name":"x","query":"javascript:alert(1)"},7]');
  expect(readViews(store)).toEqual([]);
  kept.set('tidemark-saved-views', 'no json');
  expect(readViews(store)).toEqual([]);
});
