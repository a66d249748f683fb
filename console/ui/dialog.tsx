import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { buttonClass } from './button.tsx';
import { cn } from './cn.ts';
import { firstField } from './first-field.ts';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  note?: ReactNode;
  foot?: ReactNode;
  /** Nothing in it takes the focus: it is a stop itself, so that the keyboard scrolls it. */
  reading?: boolean;
  children: ReactNode;
  className?: string;
};

/** A question or a short list over the page, in its upper third. */
export function Dialog({ open, onOpenChange, title, note, foot, reading = false, children, className }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        {/* Above another dialog that it lies over, and there even where it was opened from within that one. */}
        <Base.Backdrop
          forceRender
          className="fixed inset-0 z-50 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
        />
        <Base.Popup
          ref={popup}
          initialFocus={(openedBy) => firstField(popup.current, openedBy)}
          className={cn(
            'enter-float -translate-x-1/2 fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[520px] max-w-[calc(100vw-2rem)] flex-col rounded-card bg-raised shadow-float outline-hidden',
            className,
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 grow">
              <Base.Title className="text-title">{title}</Base.Title>
              {note === undefined ? null : <Base.Description className="text-ink-2">{note}</Base.Description>}
            </div>
            <Base.Close aria-label="Close" className={buttonClass({ variant: 'ghost', icon: true })}>
              <X strokeWidth={1.75} aria-hidden />
            </Base.Close>
          </div>
          <div className="-outline-offset-2 min-h-0 overflow-y-auto px-5 pb-5" tabIndex={reading ? 0 : undefined}>
            {children}
          </div>
          {foot === undefined ? null : (
            <div className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-5 py-3">{foot}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
