import { expect, test } from 'vitest';
import { acknowledgedWords } from './acknowledged-words.ts';
import { pulseFixture } from './pulse-fixtures.ts';

const { acknowledged } = pulseFixture();
const QUIET = { ...acknowledged, acceptedLastMinute: 0, p50Ms: null, p95Ms: null };

test.each([
  ['in time', {}, { value: '31.0 ms', of: 'p95', note: 'last minute, p50 14.0 ms, none pending', late: false }],
  ['some under way as usual', { pending: 2, oldestPendingSeconds: 0.02 }, { value: '31.0 ms', late: false }],
  [
    'a projection paused, the others in time',
    { pending: 67, oldestPendingSeconds: 11 },
    { value: '≥ 11 s', of: 'oldest pending', note: '67 commands pending', late: true },
  ],
  ['late ones that came through since', { p95Ms: 1002, atLeast: true }, { value: '≥ 1,002 ms', of: 'p95', late: true }],
])('%s', (_, part, expected) => {
  expect(acknowledgedWords({ ...acknowledged, ...part })).toMatchObject(expected);
});

test('none, and why', () => {
  expect(acknowledgedWords(QUIET).note).toBe('no command accepted in the last minute');
  expect(acknowledgedWords({ ...QUIET, acceptedLastMinute: 3 }).note).toBe(
    '3 commands in the last minute, none was waited for',
  );
});
