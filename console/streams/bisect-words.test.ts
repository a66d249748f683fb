import { expect, test } from 'vitest';
import { nothingFound } from './bisect-words.ts';

const nothing = {
  found: null,
  holds: false,
  scannedTo: 1200,
  lastVersion: 1200,
  nextAfter: null,
  unseen: [],
  unfoldable: null,
};

test('what was not found is told by why', () => {
  expect(nothingFound(nothing, 0)).toBe('It was never true in 1,200 versions.');
  expect(nothingFound({ ...nothing, holds: true }, 0)).toContain('before the first event');
  expect(nothingFound({ ...nothing, holds: true }, 8)).toBe('It did not become true again after version 8.');
  expect(nothingFound({ ...nothing, unseen: [{ path: 'stauts', near: 'status' }] }, 0)).toBe(
    'No version has a field stauts. Did you mean status?',
  );
  expect(nothingFound({ ...nothing, unseen: [{ path: 'a.b', near: null }] }, 8)).toBe(
    'No version after 8 has a field a.b.',
  );
  const unfoldable = { streamVersion: 12, message: 'no lines' };
  expect(nothingFound({ ...nothing, scannedTo: 11, unfoldable }, 0)).toBe(
    'Not found up to version 11: version 12 can not be folded.',
  );
});
