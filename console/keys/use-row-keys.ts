'use client';

import type { RefObject } from 'react';
import { useKeys } from './keys.tsx';

/** `j` and `k` move the focus over the `[data-row]` elements inside, and Enter does what each does by itself. */
export function useRowKeys(container: RefObject<HTMLElement | null>): void {
  const move = (by: number) => {
    const rows = [...(container.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    const next = at === -1 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[next]?.focus();
  };
  useKeys([
    { keys: 'j', label: 'Next row', group: 'Rows', run: () => move(1) },
    { keys: 'k', label: 'Row before', group: 'Rows', run: () => move(-1) },
  ]);
}
