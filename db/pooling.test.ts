import { describe, expect, test } from 'vitest';
import { poolingOf } from './pooling.ts';

describe('what the address says of a pooler', () => {
  test('an address without a word of it is used as it is', () => {
    const url = 'postgres://ada:secret@127.0.0.1:5432/shop?sslmode=require';
    expect(poolingOf(url)).toEqual({ url, byTransaction: false, listenUrl: url });
  });

  test('behind a pooler settings are made by transaction, and listening goes to the server itself or nowhere', () => {
    expect(poolingOf('postgres://ada:secret@pool:6432/shop?pooling=transaction&listen=db.internal:5432')).toEqual({
      url: 'postgres://ada:secret@pool:6432/shop',
      byTransaction: true,
      listenUrl: 'postgres://ada:secret@db.internal:5432/shop',
    });
    expect(poolingOf('postgres://pool/shop?pooling=transaction').listenUrl).toBeUndefined();
  });

  test.each([
    ['postgres://pool/shop?pooling=session', 'pooling must be transaction, or not be there'],
    ['postgres://pool/shop?listen=db:5432', 'listen is for an address with pooling=transaction'],
    ['postgres://pool/shop?pooling=transaction&listen=db', 'listen must be a host and a port'],
  ])('%s is refused by name', (url, why) => {
    expect(() => poolingOf(url)).toThrow(why);
  });
});
