'use client';

import { createParser, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';

/** What the URL of a stream's page says. No `v` and no `at` is the latest version, also when it moves on. */
export type StreamView = {
  tab: 'state' | 'history' | 'causation';
  v: number | null;
  /** The version compared with; the one before where it is missing. */
  cmp: number | null;
  /** A time instead of a version. */
  at: string | null;
  /** The field that is asked about: why is it so? */
  field: string | null;
  /** The condition of the bisection. */
  where: string | null;
};

export type ChangeStreamView = (next: Partial<StreamView>, options?: { history?: 'push' | 'replace' }) => void;

const parseAsBaseVersion = createParser({
  parse: (text) => {
    const version = parseAsInteger.parse(text);
    return version !== null && version >= 0 ? version : null;
  },
  serialize: String,
});

const parseAsTime = createParser({
  parse: (text) => (Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : null),
  serialize: (value: string) => value,
});

const parsers = {
  tab: parseAsStringLiteral(['state', 'history', 'causation'] as const).withDefault('state'),
  // One that the stream does not have is corrected by `useVersionInRange`, which says so.
  v: parseAsInteger,
  cmp: parseAsBaseVersion,
  at: parseAsTime,
  field: parseAsString,
  where: parseAsString,
};

/** The view as the URL has it. Stepping replaces the entry of the history: `back` leaves the page, not a step. */
export function useStreamView(): [StreamView, ChangeStreamView] {
  const [view, setView] = useQueryStates(parsers, { history: 'replace', clearOnDefault: true });
  const change = useCallback<ChangeStreamView>((next, options) => void setView(next, options), [setView]);
  return [view, change];
}

/** The version nearest to the one that is wanted. */
export function versionInRange(wanted: number, lastVersion: number): number {
  return Math.min(Math.max(wanted, 1), lastVersion);
}
