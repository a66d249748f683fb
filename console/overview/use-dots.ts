'use client';

import { useEffect, useRef } from 'react';

/** Pixels a second at which a dot drifts, the same on every edge, so that distance between dots means rate. */
const DRIFT = 42;
const DOT_PX = 4;
const ARROW_PX = 9;

/**
 * Lets dots drift along the element at `perSecond`; the ref goes on the element. None at rate 0, none where the person
 * wants less motion, none in a hidden tab. They are made by the Web Animations API, outside React.
 */
export function useDots(perSecond: number): (element: HTMLElement | null) => void {
  const element = useRef<HTMLElement | null>(null);
  const rate = useRef(perSecond);
  useEffect(() => {
    rate.current = perSecond;
  }, [perSecond]);
  const on = perSecond > 0;

  useEffect(() => {
    const track = element.current;
    if (track === null || !on) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)');
    let timer: ReturnType<typeof setTimeout>;
    const running = new Set<Animation>();
    const next = () => {
      if (!still.matches && !document.hidden) drift(track, running);
      timer = setTimeout(next, 1000 / Math.max(rate.current, 0.01));
    };
    next();
    return () => {
      clearTimeout(timer);
      for (const animation of running) animation.cancel();
    };
  }, [on]);

  return (track) => {
    element.current = track;
  };
}

function drift(track: HTMLElement, running: Set<Animation>): void {
  const length = track.clientWidth - ARROW_PX;
  if (length <= 0) return;
  const dot = document.createElement('span');
  dot.ariaHidden = 'true';
  dot.className = 'absolute top-0.5 left-0 size-1 rounded-dot bg-current fill-mark';
  track.append(dot);
  const animation = dot.animate([{ transform: 'none' }, { transform: `translateX(${length - DOT_PX}px)` }], {
    duration: (length / DRIFT) * 1000,
  });
  running.add(animation);
  const gone = () => {
    running.delete(animation);
    dot.remove();
  };
  animation.onfinish = gone;
  animation.oncancel = gone;
}
