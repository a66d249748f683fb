'use client';

import { Sheet } from '#console/ui/sheet.tsx';
import { MenuAccount } from './menu-account.tsx';
import { NavFoot } from './nav-foot.tsx';
import { NavList } from './nav-list.tsx';
import { ThemeButton } from './theme-button.tsx';
import { ZoneMenu } from './zone-menu.tsx';

/** The navigation of screens below 640 px. */
export function MenuSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title="Tidemark"
      className="w-72"
      foot={
        <>
          <ZoneMenu />
          <span className="grow" />
          <ThemeButton />
        </>
      }
    >
      <nav aria-label="Pages">
        <NavList words onNavigate={() => onOpenChange(false)} />
      </nav>
      <MenuAccount onNavigate={() => onOpenChange(false)} />
      <NavFoot className="pt-6" />
    </Sheet>
  );
}
