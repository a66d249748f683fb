'use client';

import { useEffect, useRef, useState } from 'react';

export type PlaySpeed = 1 | 5 | 20;

type Options = {
  version: number;
  lastVersion: number;
  /** The version shown is there; playing waits for it rather than skip what the operator came to see. */
  ready: boolean;
  onVersion(version: number): void;
};

/** Steps through versions at 1, 5 or 20 a second until the last one, or until stopped. */
export function usePlayback({ version, lastVersion, ready, onVersion }: Options) {
  const [speed, setSpeed] = useState<PlaySpeed>(5);
  const [playing, setPlaying] = useState(false);
  const step = useRef(onVersion);
  useEffect(() => {
    step.current = onVersion;
  });
  const running = playing && version < lastVersion;
  // When the next step is due: what folding and drawing take is part of the pace, not on top of it.
  const due = useRef(0);
  useEffect(() => {
    if (!running || !ready) return;
    const now = performance.now();
    const pause = 1000 / speed;
    due.current = Math.min(due.current, now + pause);
    const timer = setTimeout(
      () => {
        due.current = Math.max(due.current + pause, performance.now());
        step.current(version + 1);
      },
      Math.max(0, due.current - now),
    );
    return () => clearTimeout(timer);
  }, [running, ready, version, speed]);

  return {
    speed,
    setSpeed,
    playing: running,
    /** At the last version it begins again from the first. */
    toggle() {
      if (!running && version >= lastVersion) step.current(1);
      due.current = performance.now() + 1000 / speed;
      setPlaying(!running);
    },
    stop: () => setPlaying(false),
  };
}
