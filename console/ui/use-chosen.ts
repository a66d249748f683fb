import { useEffect, useRef } from 'react';

/** The row chosen last. A key pressed at once after another comes before the choice of the first has gone round by the address. */
export function useChosen(selectedIndex: number) {
  const chosen = useRef(selectedIndex);
  useEffect(() => {
    chosen.current = selectedIndex;
  }, [selectedIndex]);
  return chosen;
}
