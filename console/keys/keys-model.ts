/** Keys as a binding names them: `j`, `?`, `Escape`, `mod+k` (Ctrl, or Cmd on a Mac), `shift+ArrowLeft`, or `g o`. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A sequence is forgotten after this long. */
export const SEQUENCE_MS = 1200;

export type Pending = { keys: string; at: number } | null;

/** The name of a press, as bindings write it. Shift is named only with keys that it doesn't change by itself. */
export function nameOfPress(press: KeyPress): string {
  const mod = press.ctrlKey || press.metaKey ? 'mod+' : '';
  const alt = press.altKey ? 'alt+' : '';
  const named = press.key.length > 1 ? press.key : mod === '' ? press.key : press.key.toLowerCase();
  const shift = press.shiftKey && press.key.length > 1 ? 'shift+' : '';
  return `${mod}${alt}${shift}${named === ' ' ? 'Space' : named}`;
}

/**
 * What a press means, given the keys before it: the binding it completes, or that a sequence has begun. A press that
 * continues nothing is taken as the first of its own, so that `g` and then `j` still moves a row.
 */
export function resolvePress(
  pending: Pending,
  press: KeyPress,
  bindings: readonly string[],
  now: number,
): { match: string | null; pending: Pending } {
  const name = nameOfPress(press);
  const before = pending !== null && now - pending.at <= SEQUENCE_MS ? `${pending.keys} ` : '';
  for (const keys of before === '' ? [name] : [before + name, name]) {
    if (bindings.includes(keys)) return { match: keys, pending: null };
    if (bindings.some((binding) => binding.startsWith(`${keys} `))) return { match: null, pending: { keys, at: now } };
  }
  return { match: null, pending: null };
}

/** A binding in the words of a keyboard: `mod+k` → `Ctrl K`, `g o` → `g o`. */
export function keyCaps(keys: string, mac: boolean): string[] {
  // The last `+` of `+` and of `mod++` is the key itself.
  return keys.split(' ').flatMap((part) => part.split(/\+(?!$)/).map((cap) => CAPS[cap]?.(mac) ?? cap));
}

const CAPS: Record<string, (mac: boolean) => string> = {
  mod: (mac) => (mac ? '⌘' : 'Ctrl'),
  alt: (mac) => (mac ? '⌥' : 'Alt'),
  shift: () => '⇧',
  // A hyphen is all but empty on a cap.
  '-': () => '−',
  Escape: () => 'Esc',
  ArrowLeft: () => '←',
  ArrowRight: () => '→',
  ArrowUp: () => '↑',
  ArrowDown: () => '↓',
};
