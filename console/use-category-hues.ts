'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { isAfter } from '#console/events/position-order.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { distinctHues, type EventHue, eventHue } from '#console/ui/event-glyph-model.ts';

/** A new category is rare, and has the hue of its name until it is known here. */
const FRESH_MS = 60_000;

/**
 * The hue of a category: the same on every page and whatever else is in view. All categories of the store choose in the
 * order of their first events, which never changes, so a new one takes what is left.
 */
export function useCategoryHues(): (category: string) => EventHue {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.streams.categories.queryOptions(undefined, { staleTime: FRESH_MS }));
  const hues = useMemo(() => {
    const inOrder = [...(data?.categories ?? [])].sort((a, b) => (isAfter(a.firstPosition, b.firstPosition) ? 1 : -1));
    return distinctHues(inOrder.map(({ category }) => category));
  }, [data]);
  return useCallback((category) => hues.get(category) ?? eventHue(category), [hues]);
}
