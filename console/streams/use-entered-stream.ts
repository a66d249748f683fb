'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { routes } from '#console/routes.ts';
import { useTRPC } from '#console/trpc-client.tsx';

type Options = {
  /** What the list is narrowed by. */
  q: string | null;
  /** Ids of the list, in its order. */
  listed: readonly string[];
  /** Whether the list is of `q`, and not of what was typed before. */
  settled: boolean;
  selected: string | null;
  open(href: string): void;
};

/**
 * Opens what Enter on a text means: the stream that has it as its id, else the selected one, else the first that is
 * listed. Keys in quick succession come before the list, which is waited for.
 */
export function useEnteredStream({ q, listed, settled, selected, open }: Options): (text: string | null) => void {
  const trpc = useTRPC();
  const [entered, setEntered] = useState<string | null>(null);
  // The list may be of one category or of the newest events, and lack the stream whose whole id was typed.
  const whole = useQuery(
    trpc.streams.list.queryOptions(entered === null ? skipToken : { prefix: entered.slice(0, 512), limit: 1 }),
  );
  const ready = entered !== null && q === entered && settled && !whole.isFetching;
  const isWhole = whole.data?.streams[0]?.streamId === entered;
  const target = !ready ? null : isWhole ? entered : (selected ?? listed[0] ?? null);
  useEffect(() => {
    if (!ready) return;
    setEntered(null);
    if (target !== null) open(routes.stream(target));
  }, [ready, target, open]);
  return setEntered;
}
