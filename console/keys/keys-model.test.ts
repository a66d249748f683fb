import { describe, expect, test } from 'vitest';
import { type KeyPress, keyCaps, nameOfPress, resolvePress, SEQUENCE_MS } from './keys-model.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});
const BINDINGS = ['g o', 'g e', 'j', '?', 'mod+k', 'shift+ArrowLeft', 'Escape'];

describe('a press', () => {
  test('is named as bindings write it', () => {
    expect(nameOfPress(press('k', { ctrlKey: true }))).toBe('mod+k');
    expect(nameOfPress(press('K', { metaKey: true, shiftKey: true }))).toBe('mod+k');
    expect(nameOfPress(press('?', { shiftKey: true }))).toBe('?');
    expect(nameOfPress(press('ArrowLeft', { shiftKey: true }))).toBe('shift+ArrowLeft');
  });

  test('completes a sequence in time', () => {
    const first = resolvePress(null, press('g'), BINDINGS, 0);
    expect(first).toEqual({ match: null, pending: { keys: 'g', at: 0 } });
    expect(resolvePress(first.pending, press('o'), BINDINGS, 300).match).toBe('g o');
  });

  test('too late, or of another sequence, counts by itself', () => {
    const pending = { keys: 'g', at: 0 };
    expect(resolvePress(pending, press('o'), BINDINGS, SEQUENCE_MS + 1)).toEqual({ match: null, pending: null });
    expect(resolvePress(pending, press('j'), BINDINGS, 10).match).toBe('j');
    expect(resolvePress(pending, press('g'), BINDINGS, 10).pending).toEqual({ keys: 'g', at: 10 });
  });

  test('that nobody bound means nothing', () => {
    expect(resolvePress(null, press('z'), BINDINGS, 0)).toEqual({ match: null, pending: null });
    expect(resolvePress(null, press('j', { ctrlKey: true }), BINDINGS, 0).match).toBeNull();
  });
});

test('keys are written as they stand on the keyboard', () => {
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'k']);
  expect(keyCaps('mod+k', true)).toEqual(['⌘', 'k']);
  expect(keyCaps('g o', false)).toEqual(['g', 'o']);
  expect([keyCaps('+', false), keyCaps('mod++', false), keyCaps('-', false)]).toEqual([['+'], ['Ctrl', '+'], ['−']]);
});
