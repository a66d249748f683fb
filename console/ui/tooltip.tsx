import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

type Props = { content: ReactNode; side?: 'top' | 'right' | 'bottom' | 'left'; children: ReactElement };

/** Says more about one element on hover and focus. Never the only place where something is said. */
export function Tooltip({ content, side = 'top', children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={300} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="enter-float max-w-80 rounded-badge bg-ink px-2 py-1 text-canvas text-small shadow-float">
            {content}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
