'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { LANE_PX } from '#console/timeline/lanes-layout.ts';

/** Of the times above the lanes. */
const AXIS_PX = 24;
/** Lanes of a store nobody has looked at in this tab. */
const LANES_GUESSED = 6;

/**
 * The height that lanes take before they are there: as many as there were the last time in this tab, so that the table
 * beneath does not move. `count` is how many there are; undefined until it is known.
 */
export function useLanesPlace(lanesBy: string, count: number | undefined): { height: number } {
  const key = `tidemark-lanes-${lanesBy}`;
  const [remembered] = useState(() => Number(sessionStorage.getItem(key) ?? LANES_GUESSED) || LANES_GUESSED);
  useEffect(() => {
    if (count !== undefined) sessionStorage.setItem(key, String(count));
  }, [key, count]);
  return { height: AXIS_PX + (count ?? remembered) * LANE_PX };
}

/** How many lanes lie below what is scrolled to, and a way to them. */
export function useLanesBelow(count: number) {
  const element = useRef<HTMLDivElement>(null);
  const [below, setBelow] = useState(0);
  const look = useCallback(() => {
    const box = element.current;
    if (box !== null) setBelow(Math.round((box.scrollHeight - box.scrollTop - box.clientHeight) / LANE_PX));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of lanes is another height
  useEffect(() => {
    const box = element.current;
    if (box === null) return;
    const observer = new ResizeObserver(look);
    observer.observe(box);
    look();
    return () => observer.disconnect();
  }, [count, look]);
  const more = useCallback(() => element.current?.scrollBy({ top: element.current.clientHeight - AXIS_PX }), []);
  return { ref: element, look, below, more };
}
