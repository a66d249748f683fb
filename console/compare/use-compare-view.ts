'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

export const COMPARE_TABS = ['differences', 'performance', 'split', 'life'] as const;
export const ROW_KINDS = ['changed', 'only_a', 'only_b'] as const;

/** What the page shows, in its address: the tab, the chosen cause or group of commands, and the row or example of it. */
export function useCompareView() {
  return useQueryStates(
    {
      tab: parseAsStringLiteral(COMPARE_TABS).withDefault('differences'),
      cause: parseAsInteger,
      key: parseAsString,
      kind: parseAsStringLiteral(ROW_KINDS),
      group: parseAsInteger.withDefault(0),
      example: parseAsInteger.withDefault(0),
    },
    { history: 'push' },
  );
}

export type CompareView = ReturnType<typeof useCompareView>[0];
export type SetCompareView = ReturnType<typeof useCompareView>[1];
