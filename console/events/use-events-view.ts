'use client';

import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { type EventsView, parseStretch, RANGES, type RangeName } from './events-view.ts';

/** A time with any offset in the URL becomes the one form that the server takes. */
const parseAsTime = createParser({
  parse: (text) => (Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : null),
  serialize: (value: string) => value,
});

const parseAsStretch = createParser({
  parse: (text) => (parseStretch(text) === null ? null : text),
  serialize: (value: string) => value,
});

const parseAsPosition = createParser({
  parse: (text) => (/^(0|[1-9]\d{0,12})$/.test(text) ? text : null),
  serialize: (value: string) => value,
});

const parseAsPositions = createParser({
  parse: (text) => (/^(\d{1,13}~(\d{1,13})?|~\d{1,13})$/.test(text) ? text : null),
  serialize: (value: string) => value,
});

const parseAsFlag = createParser({
  parse: (text) => text === '1' || text === 'true',
  serialize: (value: boolean) => (value ? '1' : ''),
});

const parsers = {
  range: parseAsStringLiteral(Object.keys(RANGES) as RangeName[]),
  from: parseAsTime,
  to: parseAsTime,
  zoom: parseAsStretch,
  category: parseAsArrayOf(parseAsString).withDefault([]),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  stream: parseAsString,
  corr: parseAsString,
  actor: parseAsString,
  q: parseAsString,
  where: parseAsString,
  pos: parseAsPositions,
  live: parseAsFlag.withDefault(false),
  sel: parseAsPosition,
  view: parseAsStringLiteral(['lanes', 'table'] as const),
  time: parseAsStringLiteral(['recorded'] as const),
  payload: parseAsStringLiteral(['original', 'json', 'cloudevent'] as const),
  lanes: parseAsStringLiteral(['category', 'eventType', 'stream', 'actor', 'correlation'] as const),
};

export type ChangeView = (next: Partial<EventsView>, options?: { history?: 'push' | 'replace' }) => void;

/** The view as the URL has it, and how to change it: a new entry of the history, or a replacement while stepping. */
export function useEventsView(): [EventsView, ChangeView] {
  const [view, setView] = useQueryStates(parsers, { history: 'push', clearOnDefault: true });
  const change = useCallback<ChangeView>(
    (next, options) => {
      const { category, type, ...rest } = next;
      void setView(
        {
          ...rest,
          ...(category === undefined ? {} : { category: [...category] }),
          ...(type === undefined ? {} : { type: [...type] }),
        },
        options,
      );
    },
    [setView],
  );
  return [view, change];
}
