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
  /** Under the title, in ink-3. */
  note?: ReactNode;
  /** Stays in sight at the foot. */
  foot?: ReactNode;
  /** `false` leaves the page behind usable. */
  modal?: boolean;
  children: ReactNode;
  className?: string;
};

/** A panel of 400 px that comes in from the right. */
export function Sheet({ open, onOpenChange, title, note, foot, modal = true, children, className }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} modal={modal} disablePointerDismissal={!modal}>
      <Base.Portal>
        {modal ? (
          <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        ) : null}
        <Base.Popup
          ref={popup}
          // One that leaves the page usable is read beside it: keys go on to the page.
          initialFocus={(openedBy) => (modal ? firstField(popup.current, openedBy) : true)}
          className={cn(
            'enter-sheet fixed inset-y-0 right-0 z-40 flex w-[400px] max-w-[calc(100vw-1rem)] flex-col bg-raised shadow-float outline-hidden',
            className,
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 grow">
              <Base.Title className="text-title">{title}</Base.Title>
              {note === undefined ? null : <Base.Description className="text-ink-2">{note}</Base.Description>}
            </div>
            <Base.Close aria-label="Close" className={buttonClass({ variant: 'ghost', icon: true })}>
              <X strokeWidth={1.75} aria-hidden />
            </Base.Close>
          </div>
          <div className="min-h-0 grow scroll-pb-5 overflow-y-auto px-5 pb-5">{children}</div>
          {foot === undefined ? null : (
            <div className="flex flex-wrap items-center gap-2 border-line border-t px-5 py-3">{foot}</div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
