'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useTRPC } from '#console/trpc-client.tsx';
import type { EventDetail, RecordedEvent } from '#server/kernel/event.ts';
import { SHOWN_BYTES_MAX } from './payload-bytes.ts';

/**
 * One event with what was written of it. `known` is the row of a list, shown until the answer is here: it lacks the
 * original. An event never changes, so it is asked for once.
 */
export function useEventDetail(position: string, known?: RecordedEvent) {
  const trpc = useTRPC();
  const shown: EventDetail | undefined = known?.globalPosition === position ? known : undefined;
  return useQuery(
    trpc.events.get.queryOptions(
      { globalPosition: position, payloadBytesMax: SHOWN_BYTES_MAX },
      { staleTime: Number.POSITIVE_INFINITY, ...(shown && { placeholderData: shown }) },
    ),
  );
}

/** When the event at a position occurred; null until it is known, and where there is no position. */
export function useOccurredAt(position: string | null): number | null {
  const trpc = useTRPC();
  const input = position === null ? skipToken : { globalPosition: position, payloadBytesMax: SHOWN_BYTES_MAX };
  const { data } = useQuery(trpc.events.get.queryOptions(input, { staleTime: Number.POSITIVE_INFINITY }));
  return data === undefined ? null : Date.parse(data.occurredAt);
}
