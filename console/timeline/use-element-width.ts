import { useCallback, useState } from 'react';

/** The width of an element in whole px as it is laid out; 0 until it is. Give `ref` to the element. */
export function useElementWidth(): { ref: (element: Element | null) => (() => void) | undefined; width: number } {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: Element | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
