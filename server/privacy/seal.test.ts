import { describe, expect, test } from 'vitest';
import { isSealed, readSealed, writeSealed } from '#server/kernel/private-fields.ts';
import { newKey, openText, sealText, subjectHash, subjectSecrets, unwrapKey, wrapKey } from './seal.ts';

const secrets = subjectSecrets('a secret of at least 32 characters');
const ada = { keyId: '018f3a54-0000-7000-8000-0000000000ad', key: newKey() };
const bob = { keyId: '018f3a54-0000-7000-8000-0000000000b0', key: newKey() };

describe('a sealed value', () => {
  test('is opened by its key alone, and says nothing without it', () => {
    const sealed = sealText(ada, 'recipient', 'Ada Lovelace ✓');
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain('Ada');
    expect(openText(ada, sealed)).toBe('Ada Lovelace ✓');
    expect(openText({ ...bob, keyId: ada.keyId }, sealed)).toBeUndefined();
    expect(openText(bob, sealed)).toBeUndefined();
  });

  test('is the same for the same field and text, and for nothing else', () => {
    const sealed = sealText(ada, 'recipient', 'Ada');
    expect(sealText(ada, 'recipient', 'Ada')).toBe(sealed);
    expect(sealText(ada, 'deliveryAddress', 'Ada')).not.toBe(sealed);
    expect(sealText(ada, 'recipient', 'Adb')).not.toBe(sealed);
    expect(sealText(bob, 'recipient', 'Ada')).not.toBe(sealed);
  });

  test('that was changed by a bit, or put under another key’s id, is not opened', () => {
    const sealed = readSealed(sealText(ada, 'recipient', 'Ada'));
    const bytes = Buffer.from(sealed?.bytes ?? '', 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(openText(ada, writeSealed({ keyId: ada.keyId, bytes: bytes.toString('base64url') }))).toBeUndefined();
    const moved = writeSealed({ keyId: bob.keyId, bytes: sealed?.bytes ?? '' });
    expect(openText({ keyId: bob.keyId, key: ada.key }, moved)).toBeUndefined();
    expect(openText(ada, 'sealed:v1:nonsense')).toBeUndefined();
  });
});

describe('a person’s key', () => {
  test('is unwrapped under the server’s secret alone', () => {
    const wrapped = wrapKey(secrets, ada);
    expect(unwrapKey(secrets, ada.keyId, wrapped).equals(ada.key)).toBe(true);
    const others = subjectSecrets('another secret of at least 32 characters');
    expect(() => unwrapKey(others, ada.keyId, wrapped)).toThrow();
    expect(() => unwrapKey(secrets, bob.keyId, wrapped)).toThrow();
  });

  test('is found by a hash that nobody can make without the secret', () => {
    expect(subjectHash(secrets, 'cus-1')).toBe(subjectHash(secrets, 'cus-1'));
    expect(subjectHash(secrets, 'cus-1')).not.toBe(subjectHash(secrets, 'cus-2'));
    expect(subjectHash(subjectSecrets('another secret of at least 32 characters'), 'cus-1')).not.toBe(
      subjectHash(secrets, 'cus-1'),
    );
  });
});
