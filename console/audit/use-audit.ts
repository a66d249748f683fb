'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';

const PAGE = 100;

export const OUTCOMES = ['done', 'refused', 'failed', 'unknown'] as const;

export type AuditView = {
  q: string | null;
  who: string | null;
  act: string | null;
  outcome: (typeof OUTCOMES)[number] | null;
  from: string | null;
  to: string | null;
  /** The entry that is open. */
  sel: string | null;
};

export const NO_FILTER = { q: null, who: null, act: null, outcome: null, from: null, to: null } as const;

const PARSERS = {
  q: parseAsString,
  who: parseAsString,
  act: parseAsString,
  outcome: parseAsStringLiteral(OUTCOMES),
  from: parseAsString,
  to: parseAsString,
  sel: parseAsString,
};

export function isFiltered(view: AuditView): boolean {
  return Object.keys(NO_FILTER).some((name) => view[name as keyof typeof NO_FILTER] !== null);
}

/** The filter as the procedure takes it. */
export function toQuery({ sel: _, ...filter }: AuditView) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null)) as {
    [Name in keyof typeof filter]?: NonNullable<(typeof filter)[Name]>;
  };
}

/** The entries of the filter in the URL, newest first, page by page, anew every five seconds. */
export function useAudit() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [view, setView] = useQueryStates(PARSERS, { history: 'push' });
  const filter = toQuery(view);
  const query = useInfiniteQuery({
    queryKey: [...trpc.audit.list.queryKey(), 'pages', filter],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query({ ...filter, limit: PAGE, ...(pageParam !== null && { before: pageParam }) }, { signal }),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
    refetchInterval: 5000,
  });
  return { view, setView, query, entries: query.data?.pages.flatMap((page) => page.entries) ?? [] };
}
