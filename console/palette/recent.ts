'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { formatCount } from '#console/format.ts';
import { readSegment } from '#console/routes.ts';
import { go, type PaletteItem } from './palette-model.ts';

const KEY = 'tidemark-recent';
const RECENT_MAX = 8;
const THING = /^\/(?:(events|streams|projections|commands)\/([^/]+)|commands\/runs\/([^/]+))$/;

/** Remembers a single thing that is opened, once it is known to be there: a stream, an event, a projection, a command. */
export function useVisit(there: boolean): void {
  const pathname = usePathname();
  useEffect(() => {
    if (!there || itemOf(pathname) === null) return;
    const paths = [pathname, ...readPaths().filter((path) => path !== pathname)].slice(0, RECENT_MAX);
    try {
      localStorage.setItem(KEY, JSON.stringify(paths));
    } catch {
      // Storage may be full or forbidden; then there is no history, and nothing else is lost.
    }
  }, [there, pathname]);
}

/** The things opened last, newest first, without the one that is open. */
export function recentItems(pathname: string): PaletteItem[] {
  return readPaths()
    .filter((path) => path !== pathname)
    .flatMap((path) => itemOf(path) ?? []);
}

function itemOf(path: string): PaletteItem | null {
  const [, section, name, run] = THING.exec(path) ?? [];
  const text = readSegment(run ?? name ?? '');
  if (text === null || text === '') return null;
  if (run !== undefined) return go(`recent ${path}`, text, path, 'command run');
  if (section === 'events') return go(`recent ${path}`, `Event ${formatCount(text)}`, path);
  return go(`recent ${path}`, text, path, section?.slice(0, -1));
}

function readPaths(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((path) => typeof path === 'string') : [];
  } catch {
    return [];
  }
}
