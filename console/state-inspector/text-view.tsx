'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { cn } from '#console/ui/cn.ts';
import { textPieces, verbatim } from './verbatim.ts';

/** Laid out at once; a piece of this is some 50 lines of an inspector. */
const PIECE_LENGTH = 2000;
const PIECE_PX = 800;

/** A text of any length, verbatim, of which only what is in view is laid out. */
export function TextView({ label, text, className }: { label: string; text: string; className?: string }) {
  const scroller = useRef<HTMLElement>(null);
  const pieces = useMemo(() => textPieces(text, PIECE_LENGTH), [text]);
  const virtualizer = useVirtualizer({
    count: pieces.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => PIECE_PX,
    overscan: 1,
  });
  // The browser's own End stops where the estimate ends: pieces are measured as they come into view, and the end moves.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.shiftKey || (event.key !== 'End' && event.key !== 'Home')) return;
    event.preventDefault();
    if (event.key === 'End') virtualizer.scrollToEnd();
    else virtualizer.scrollToOffset(0);
  };
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cn('mono -outline-offset-2 max-h-[60vh] overflow-y-auto leading-5', className)}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.index}
            ref={virtualizer.measureElement}
            data-index={item.index}
            dir="ltr"
            className="absolute inset-x-0 top-0 whitespace-pre-wrap [overflow-wrap:anywhere]"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {verbatim(pieces[item.index] ?? '')}
          </div>
        ))}
      </div>
    </section>
  );
}
