import { expect, test } from 'vitest';
import { toIso } from './iso-time.ts';

test.each([
  ['2026-01-02 03:04:05.678901+00', '2026-01-02T03:04:05.678Z'],
  ['2026-01-02 03:04:05.6+00', '2026-01-02T03:04:05.600Z'],
  ['2026-01-02 03:04:05+00', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02 03:04:05.1+02', '2026-01-02T01:04:05.100Z'],
  ['10000-01-02 03:04:05.678+00', '+010000-01-02T03:04:05.678Z'],
  ['0044-03-15 00:00:00+00 BC', undefined],
])('%s is %s', (text, iso) => {
  if (iso === undefined) expect(() => toIso(text)).toThrow('Invalid time value');
  else expect(toIso(text)).toBe(iso);
});
