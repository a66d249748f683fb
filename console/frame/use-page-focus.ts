'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** A page that comes in pieces has come by then. */
const ARRIVED_MS = 5000;

/**
 * After going to another page, what had the focus has often gone: then the page itself has it, not the top of the frame.
 * What a page begins with may be replaced when its data come, so it is looked after until it has come or somebody acts.
 */
export function usePageFocus() {
  const pathname = usePathname();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const look = () => {
      const { activeElement } = document;
      if (activeElement !== null && activeElement !== document.body) return;
      document.getElementById('content')?.focus({ preventScroll: true });
    };
    // What closes as one goes gives the focus back first.
    const frame = requestAnimationFrame(look);
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    const ended = new AbortController();
    const end = () => ended.abort();
    const timer = setTimeout(end, ARRIVED_MS);
    for (const act of ['keydown', 'pointerdown']) {
      window.addEventListener(act, end, { capture: true, signal: ended.signal });
    }
    ended.signal.addEventListener('abort', () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      watch.disconnect();
    });
    return end;
  }, [pathname]);
}
