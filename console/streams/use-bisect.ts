'use client';

import { useEffect, useRef, useState } from 'react';
import { useTRPCClient } from '#console/trpc-client.tsx';
import type { Bisection } from '#server/explorer/stream-questions.ts';

export type BisectRun =
  | { kind: 'idle' }
  | { kind: 'looking'; where: string; scannedTo: number; lastVersion: number }
  | { kind: 'done'; where: string; after: number; result: Bisection }
  | { kind: 'failed'; where: string; error: unknown };

/** Looks for the version at which a condition became true, part by part, until it is found, ended or cancelled. */
export function useBisect(streamId: string, onFound: (version: number) => void) {
  const client = useTRPCClient();
  const [run, setRun] = useState<BisectRun>({ kind: 'idle' });
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function start(where: string, after = 0) {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    const { signal } = controller;
    let from = after;
    let unseen: Bisection['unseen'] | undefined;
    setRun({ kind: 'looking', where, scannedTo: after, lastVersion: 0 });
    try {
      for (;;) {
        const result = await client.streams.bisect.query({ streamId, where, after: from }, { signal });
        if (signal.aborted) return;
        // What one part has not seen another may have.
        unseen = result.unseen.filter(({ path }) => unseen?.some((one) => one.path === path) ?? true);
        if (result.nextAfter === null) {
          setRun({ kind: 'done', where, after, result: { ...result, unseen } });
          if (result.found) onFound(result.found.streamVersion);
          return;
        }
        from = result.nextAfter;
        setRun({ kind: 'looking', where, scannedTo: result.scannedTo, lastVersion: result.lastVersion });
      }
    } catch (error) {
      if (!signal.aborted) setRun({ kind: 'failed', where, error });
    }
  }

  return {
    run,
    start: (where: string, after?: number) => void start(where, after),
    cancel() {
      stop.current?.abort();
      setRun({ kind: 'idle' });
    },
  };
}
