'use client';

import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTRPCClient } from '#console/trpc-client.tsx';
import type { Position } from '#server/kernel/position.ts';
import { type EventsFilterInput, matchesFilter } from './events-view.ts';
import { createTailController, type TailController } from './live-tail-controller.ts';
import type { Tail } from './live-tail-model.ts';
import { justAfter } from './position-order.ts';
import { trpcTailSource } from './trpc-tail-source.ts';

type Options = {
  live: boolean;
  filter: EventsFilterInput;
  /** The tail begins after it; the table ends with it. */
  mark: Position;
  latestMark: Position;
};

export type LiveTail = { tail: Tail | null; controller: TailController | null };

/** The live tail of the page; null while it is not live. Another filter or mark begins another tail. */
export function useLiveTail({ live, filter, mark, latestMark }: Options): LiveTail {
  const client = useTRPCClient();
  const [controller, setController] = useState<TailController | null>(null);
  const filterKey = JSON.stringify(filter);
  const newestMark = useRef(latestMark);
  useEffect(() => {
    newestMark.current = latestMark;
  }, [latestMark]);

  useEffect(() => {
    if (!live) return;
    const wanted = JSON.parse(filterKey) as EventsFilterInput;
    const made = createTailController({
      source: trpcTailSource(client, wanted),
      mark,
      tableBefore: justAfter(mark),
      matches: (event) => matchesFilter(wanted, event),
      latestMark: () => newestMark.current,
    });
    setController(made);
    return () => {
      made.stop();
      setController(null);
    };
  }, [live, filterKey, mark, client]);

  const subscribe = useCallback(
    (listener: () => void) => controller?.subscribe(listener) ?? (() => undefined),
    [controller],
  );
  const tail = useSyncExternalStore(
    subscribe,
    () => controller?.getSnapshot() ?? null,
    () => null,
  );
  return { tail, controller };
}
