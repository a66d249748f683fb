import { describe, expect, test } from 'vitest';
import { forgettingFacts, hasPrivate, listed, redactionFacts } from './privacy-words.ts';

describe('what is private of a payload', () => {
  test('is told by what stands in place of values', () => {
    expect(hasPrivate({ recipient: '•••' })).toBe(true);
    expect(hasPrivate({ recipient: '(forgotten)', total: 1 })).toBe(true);
    expect(hasPrivate({ $redacted: { reason: 'x', actor: 'y', at: 'z' } })).toBe(true);
    expect(hasPrivate({ customerId: 'cus-1', lines: [], note: null })).toBe(false);
  });
});

describe('words', () => {
  test('list names as people do', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });

  test('say of a redaction what is made anew, and what is left to a rebuild', () => {
    const radius = { events: 1, streams: 1, commands: 1204, snapshots: 0, rows: [{ name: 'orders', version: 2 }] };
    const facts = redactionFacts({ ...radius, notRemade: ['sales'] });
    expect(facts.map(({ label, figure }) => [label, figure])).toEqual([
      ['Events', '1'],
      ['Commands', '1,204'],
      ['Snapshots', '0'],
      ['Rows made anew', '1'],
      ['To rebuild', 'sales'],
    ]);
    expect(facts[3]?.basis).toBe('orders v2');
    expect(redactionFacts({ ...radius, notRemade: [] })).toHaveLength(4);
  });

  test('say of forgetting how far events were looked at', () => {
    const [keys, events] = forgettingFacts({ keys: 1, events: 3, streams: 2, eventsLookedAt: 200_000 });
    expect([keys?.figure, events?.figure]).toEqual(['1', '3']);
    expect(events?.basis).toContain('200,000');
  });
});
