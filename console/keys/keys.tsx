'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { useSettings } from '#console/settings.tsx';
import { type Pending, resolvePress } from './keys-model.ts';

/** What keys do. `keys` as `keys-model.ts` describes them; `group` is the heading in the help. */
export type KeyBinding = { keys: string; label: string; group: string; run: (event: KeyboardEvent) => void };

type Registry = {
  add: (read: () => readonly KeyBinding[]) => () => void;
  subscribe: (listener: () => void) => () => void;
  list: () => readonly KeyBinding[];
};

const Context = createContext<Registry | null>(null);
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="combobox"]';
const PRESSABLE = 'a[href], button, summary, [role="button"], [role="tab"], [role="radio"], [role="treeitem"]';
const OVERLAY = '[role="dialog"], [role="listbox"], [role="menu"]';

/** Listens for the keys of whatever is on the screen. Off where the person has turned them off. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const { keys } = useSettings().settings;
  const registry = useMemo(() => createRegistry(), []);
  const pending = useRef<Pending>(null);

  useEffect(() => {
    if (keys === 'off') return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isBusy(event)) return;
      const bindings = registry.list();
      const names = bindings.map((binding) => binding.keys);
      const resolved = resolvePress(pending.current, event, names, Date.now());
      pending.current = resolved.pending;
      // The one added last wins: a pane's Escape stands above the page's.
      const binding = bindings.findLast((candidate) => candidate.keys === resolved.match);
      if (binding === undefined) return;
      event.preventDefault();
      binding.run(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [keys, registry]);

  return <Context.Provider value={registry}>{children}</Context.Provider>;
}

/** Binds keys for as long as the component is there. The bindings may be made anew at every render. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const registry = useRegistry();
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  // Which keys are bound, not what they run, decides whether the list changes.
  const signature = bindings.map(({ keys, label, group }) => `${keys}\t${label}\t${group}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the bindings
  useEffect(() => registry.add(() => latest.current), [registry, signature]);
}

/** All that is bound now, for the help. */
export function useKeyBindings(): readonly KeyBinding[] {
  const registry = useRegistry();
  return useSyncExternalStore(
    registry.subscribe,
    registry.list,
    useCallback(() => NONE, []),
  );
}

const NONE: readonly KeyBinding[] = [];

function useRegistry(): Registry {
  const registry = useContext(Context);
  if (registry === null) throw new Error('useKeys needs a KeysProvider above it');
  return registry;
}

function createRegistry(): Registry {
  const readers = new Set<() => readonly KeyBinding[]>();
  const listeners = new Set<() => void>();
  let listed: readonly KeyBinding[] | null = null;
  const changed = () => {
    listed = null;
    for (const listener of listeners) listener();
  };
  return {
    add(read) {
      readers.add(read);
      changed();
      return () => {
        readers.delete(read);
        changed();
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list() {
      listed ??= [...readers].flatMap((read) => read().map((binding, index) => live(read, index, binding)));
      return listed;
    },
  };
}

/** A binding that runs what its component's last render gave. */
function live(read: () => readonly KeyBinding[], index: number, binding: KeyBinding): KeyBinding {
  return { ...binding, run: (event) => read()[index]?.run(event) };
}

/** While somebody types or an overlay is open only keys with Ctrl or Cmd count. */
function isBusy(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || !(event.target instanceof Element)) return false;
  // What has the focus and is pressed by Enter or Space keeps them: a page's Enter would take it from every link.
  const pressed = event.key === 'Enter' || event.key === ' ';
  return event.target.closest(pressed ? `${TYPING}, ${OVERLAY}, ${PRESSABLE}` : `${TYPING}, ${OVERLAY}`) !== null;
}
