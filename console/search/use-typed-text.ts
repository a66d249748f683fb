'use client';

import { useEffect, useState } from 'react';
import { useDebounced } from './use-debounced.ts';

/**
 * What stands in a field whose value the URL holds: typed text is written once nobody has typed for `pauseMs`, and a value
 * that comes from elsewhere (back, a link, the palette) replaces what was typed. `settled` is what is asked with.
 */
export function useTypedText(value: string, write: (text: string) => void, pauseMs: number) {
  const [text, setText] = useState(value);
  const [written, setWritten] = useState(value);
  if (value !== written) {
    setWritten(value);
    setText(value);
  }
  const settled = useDebounced(text.trim(), pauseMs);
  useEffect(() => {
    if (settled !== text.trim() || settled === written) return;
    setWritten(settled);
    write(settled);
  }, [settled, text, written, write]);
  return { text, setText, settled };
}
