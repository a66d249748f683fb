import { expect, test } from 'vitest';
import { actWords, groupActs } from './act-words.ts';

test('a procedure is called in plain words', () => {
  expect(actWords('projections.rebuild')).toEqual({ group: 'Projections', words: 'rebuild' });
  expect(actWords('privacy.setMaskedFields')).toEqual({ group: 'Privacy', words: 'set masked fields' });
  expect(actWords('readModels.list')).toEqual({ group: 'Read models', words: 'list' });
});

test('acts stand in their groups, in their order', () => {
  expect(groupActs(['keys.create', 'parked.skip', 'keys.revoke'])).toEqual([
    {
      group: 'Keys',
      acts: [
        { act: 'keys.create', words: 'create' },
        { act: 'keys.revoke', words: 'revoke' },
      ],
    },
    { group: 'Parked', acts: [{ act: 'parked.skip', words: 'skip' }] },
  ]);
});
