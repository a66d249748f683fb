/** A name and what the address says behind `/events`. */
export type SavedView = { name: string; query: string };

const KEY = 'tidemark-saved-views';
const VIEWS_MAX = 50;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** The views kept, in the order of their names; what is no list of views is none. */
export function readViews(store: Store): SavedView[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Keeps a view; one of the same name is replaced. */
export function addView(store: Store, { name, query }: SavedView): SavedView[] {
  const view = { name: name.trim(), query };
  return write(store, [...readViews(store).filter((one) => one.name !== view.name), view]);
}

/** Forgets a view. */
export function removeView(store: Store, name: string): SavedView[] {
  return write(
    store,
    readViews(store).filter((one) => one.name !== name),
  );
}

function write(store: Store, views: readonly SavedView[]): SavedView[] {
  const sorted = views.slice(-VIEWS_MAX).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  store.setItem(KEY, JSON.stringify(sorted));
  return sorted;
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false;
  return typeof value.name === 'string' && typeof value.query === 'string' && /^(\?|$)/.test(value.query);
}
