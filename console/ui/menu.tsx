import { Menu as Base } from '@base-ui/react/menu';
import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn.ts';

const ITEM_CLASS =
  'flex min-h-8 cursor-default items-center gap-2.5 rounded-badge px-2.5 outline-hidden data-highlighted:bg-sunken dark:data-highlighted:bg-line touch:min-h-11 [&_svg]:size-3.5 [&_svg]:text-ink-3';

type Props = {
  /** The button that opens it. */
  trigger: ReactElement;
  children: ReactNode;
};

/** A short list of ways on, under a button. */
export function Menu({ trigger, children }: Props) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          align="end"
          // It stands outside every landmark of the page, so it is one while it is open.
          role="region"
          aria-label="Menu"
          className="z-50 outline-hidden"
        >
          <Base.Popup className="enter-float min-w-52 max-w-[calc(100vw-1.5rem)] rounded-card bg-raised p-1 text-body shadow-float outline-hidden">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** What the menu is about, above its items. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className="border-line border-b px-2.5 pt-1.5 pb-2 mb-1">{children}</div>;
}

/** An item that goes to a page. */
export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.Item render={<Link href={href} />} className={ITEM_CLASS}>
      {children}
    </Base.Item>
  );
}

/** An item that does something; `barred` says why it can't be done now. */
export function MenuAction({
  onSelect,
  barred,
  children,
}: {
  onSelect: () => void;
  barred?: string | null;
  children: ReactNode;
}) {
  if (barred === undefined || barred === null) {
    return (
      <Base.Item onClick={onSelect} className={ITEM_CLASS}>
        {children}
      </Base.Item>
    );
  }
  return (
    <Base.Item disabled className={cn(ITEM_CLASS, 'max-w-64 flex-col items-start gap-0 py-1.5')}>
      <span className="text-ink-3">{children}</span>
      <span className="text-ink-3 text-small">{barred}</span>
    </Base.Item>
  );
}
