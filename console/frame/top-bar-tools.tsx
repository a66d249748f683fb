'use client';

import { Menu, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ExportsButton } from '#console/export/exports-button.tsx';
import { Button } from '#console/ui/button.tsx';
import { Kbd } from '#console/ui/kbd.tsx';
import { MenuSheet } from './menu-sheet.tsx';
import { useOverlays } from './overlays.tsx';
import { ThemeButton } from './theme-button.tsx';
import { UserMenu } from './user-menu.tsx';
import { ZoneMenu } from './zone-menu.tsx';

/** The right end of the top bar: palette, live word, zone, theme, account; on small screens a menu takes the last three. */
export function TopBarTools({ live }: { live: ReactNode }) {
  const { openPalette } = useOverlays();
  const [menuOpen, setMenuOpen] = useState(false);
  return (
    <div className="flex shrink-0 items-center gap-2 sm:gap-3">
      <button
        type="button"
        onClick={openPalette}
        className="hidden h-8 w-[220px] items-center gap-2 rounded-control border border-line-ctl bg-surface px-2.5 text-ink-2 hover:bg-sunken dark:hover:bg-raised lg:flex xl:w-[300px]"
      >
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <span className="grow text-left">Find or run…</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      {live}
      <ExportsButton />
      <Button variant="ghost" icon onClick={openPalette} aria-label="Find or run" className="lg:hidden">
        <Search strokeWidth={1.75} aria-hidden className="size-4!" />
      </Button>
      <span className="hidden items-center gap-1 sm:flex">
        <ZoneMenu />
        <ThemeButton />
        <UserMenu />
      </span>
      <Button variant="ghost" icon onClick={() => setMenuOpen(true)} aria-label="Menu" className="sm:hidden">
        <Menu strokeWidth={1.75} aria-hidden className="size-4!" />
      </Button>
      <MenuSheet open={menuOpen} onOpenChange={setMenuOpen} />
    </div>
  );
}
