'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';

/** The row chosen last. A key pressed at once after another comes before the choice of the first has gone round by the address. */
export function useChosen(selectedIndex: number) {
  const chosen = useRef(selectedIndex);
  useEffect(() => {
    chosen.current = selectedIndex;
  }, [selectedIndex]);
  return chosen;
}

/**
 * Goes to a page once the choice before it stands in the address. That is written at most every 50 ms, and Next takes back
 * a page that is on its way where the address changes meanwhile.
 */
export function useOpenChosen() {
  const router = useRouter();
  const written = useRef<Promise<unknown>>(Promise.resolve());
  const choosing = useCallback((writing: Promise<unknown>): void => {
    written.current = writing;
  }, []);
  const open = useCallback((href: string): void => void written.current.then(() => router.push(href)), [router]);
  return { choosing, open };
}
