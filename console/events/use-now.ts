'use client';

import { useEffect, useState } from 'react';

/** As often as the histogram of a live page is read anew. */
const TICK_MS = 5000;

/** The anchored time, and while `moving` the time since then on top of it, every five seconds. */
export function useNow(anchored: number, moving: boolean): number {
  const [elapsed, setElapsed] = useState({ since: anchored, ms: 0 });
  useEffect(() => {
    if (!moving) return;
    const started = performance.now();
    const timer = setInterval(() => setElapsed({ since: anchored, ms: performance.now() - started }), TICK_MS);
    return () => clearInterval(timer);
  }, [anchored, moving]);
  return anchored + (moving && elapsed.since === anchored ? elapsed.ms : 0);
}
