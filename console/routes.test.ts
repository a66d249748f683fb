import { describe, expect, test } from 'vitest';
import { readSegment, routes } from './routes.ts';

describe('every address', () => {
  test('escapes what a stream id may hold, and reads it back', () => {
    const id = 'file-console/ui/a b?#%.tsx';
    const path = routes.stream(id, { v: 3 });
    expect(path).toBe('/streams/file-console%2Fui%2Fa%20b%3F%23%25.tsx?v=3');
    expect(readSegment(path.slice('/streams/'.length, path.indexOf('?')))).toBe(id);
  });

  test('leaves out what is not set', () => {
    expect(routes.events({ range: '1h', category: null, live: false })).toBe('/events?range=1h');
    expect(routes.events()).toBe('/events');
    expect(routes.search({ q: 'tee & mug' })).toBe('/search?q=tee+%26+mug');
  });

  test('broken escapes are no address', () => {
    expect(readSegment('%E0%A4%A')).toBeNull();
  });
});
