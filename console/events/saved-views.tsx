'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { addView, readViews, removeView, type SavedView } from './saved-views-model.ts';

/** Views of this browser by name: all that the address says, kept under a word. A link gives one to somebody else. */
export function SavedViews() {
  const [views, setViews] = useState<readonly SavedView[]>(() =>
    typeof window === 'undefined' ? [] : readViews(window.localStorage),
  );
  const [name, setName] = useState('');
  const save = () => {
    setViews(addView(window.localStorage, { name, query: window.location.search }));
    setName('');
  };
  return (
    <section aria-label="Saved views" className="px-3.5 py-3">
      <h2 className="mb-1.5 font-semibold">Saved views</h2>
      <ul>
        {views.map((view) => (
          <li key={view.name} className="flex h-7 items-center gap-2">
            <Link href={`/events${view.query}`} className="min-w-0 flex-1 truncate text-tide hover:underline">
              {view.name}
            </Link>
            <button
              type="button"
              aria-label={`Forget the view ${view.name}`}
              className="flex size-6 items-center justify-center text-ink-3 hover:text-ink"
              onClick={() => setViews(removeView(window.localStorage, view.name))}
            >
              <X size={13} strokeWidth={1.75} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <form
        className="mt-1 flex gap-1.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save();
        }}
      >
        <input
          aria-label="Name of this view"
          placeholder="Name this view"
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded-control border border-line-ctl bg-surface px-2 placeholder:text-ink-3"
        />
        <Button type="submit" disabled={name.trim() === ''}>
          Save
        </Button>
      </form>
    </section>
  );
}
