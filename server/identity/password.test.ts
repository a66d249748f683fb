import { describe, expect, test } from 'vitest';
import { checkPassword } from './password.ts';

const OWNER = { email: 'grace.hopper@navy.example', name: 'Grace Hopper' };

describe('a password', () => {
  test.each([
    ['too short', 'elevenchars', 'must have 12 to 256 characters'],
    ['too long', 'x'.repeat(257), 'must have 12 to 256 characters'],
    ['a word twice', 'passwordpassword', 'must not say the same over and over'],
    ['a character over and over', 'aaaaaaaaaaaaaaaa', 'must not say the same over and over'],
    ['the alphabet', 'abcdefghijklmnop', 'must not follow the alphabet'],
    ['rows of the keyboard', 'qwertyuiopasdfghjkl', 'must not be one of the most used'],
    ['one of the most used', 'manchesterunited', 'must not be one of the most used'],
    ['one of them with what is asked for elsewhere', 'Password123!', 'must not be one of the most used'],
    ['the owner’s address', 'grace.hopper@navy.example', 'must not be made of your name'],
    ['the owner’s name', 'gracehopper1', 'must not be made of your name'],
    [
      'the name of the product',
      'tidemark2026',
      'must not be made of your name, your address or the name of this product',
    ],
  ])('is refused, being %s', async (_, password, why) => {
    await expect(checkPassword(password, OWNER)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining(`password ${why}`),
      details: { field: 'password' },
    });
  });

  test.each(['correct horse battery staple', 'zq8!fkw0Pmx2', 'eine Möwe fraß 3 Pommes', 'x9x9x9Kelp-Boje.17'])(
    'is taken: %s',
    (password) => expect(checkPassword(password, OWNER)).resolves.toBeUndefined(),
  );
});
