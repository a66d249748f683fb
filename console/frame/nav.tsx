'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { routes } from '#console/routes.ts';
import { useSettings } from '#console/settings.tsx';
import { Logo } from './logo.tsx';
import { NavFoot } from './nav-foot.tsx';
import { isThreePane } from './nav-items.ts';
import { NavList, WIDE_ONLY } from './nav-list.tsx';

/** Where the navigation has its words: never, from 1024 px or from 1600 px on. `wide:` in globals.css reads it. */
function wideFrom(rail: 'auto' | 'wide' | 'narrow', threePane: boolean): 'never' | 'lg' | '2xl' {
  if (rail === 'narrow') return 'never';
  return rail === 'auto' && threePane ? '2xl' : 'lg';
}

/** The navigation at the left: 204 px with words or a rail of 52. Below 640 px the top bar has a menu instead. */
export function Nav() {
  const { settings, change } = useSettings();
  const wide = wideFrom(settings.rail, isThreePane(usePathname()));
  return (
    <nav
      aria-label="Tidemark"
      data-nav={wide}
      className="sticky top-0 hidden h-dvh w-[52px] shrink-0 flex-col border-line border-r bg-canvas sm:flex wide:w-[204px]"
    >
      <Link
        href={routes.overview()}
        aria-label="Tidemark, to the overview"
        className="mx-2.5 flex h-12 shrink-0 items-center justify-center gap-2 px-2 text-bar wide:justify-start"
      >
        <Logo />
        <span className={WIDE_ONLY}>Tidemark</span>
      </Link>
      <div className="min-h-0 grow overflow-y-auto px-2.5">
        <NavList />
      </div>
      <NavFoot className="mx-2.5 hidden pb-3 wide:block" />
      <div className="mx-2.5 border-line border-t py-2 max-lg:hidden">
        <RailButton onChange={(rail) => change({ rail })} />
      </div>
    </nav>
  );
}

function RailButton({ onChange }: { onChange: (rail: 'wide' | 'narrow') => void }) {
  const className =
    'h-[30px] w-full items-center gap-3 rounded-control px-2 font-medium text-ink-2 hover:bg-sunken hover:text-ink dark:hover:bg-surface';
  return (
    <>
      <button type="button" onClick={() => onChange('narrow')} className={`hidden wide:flex ${className}`}>
        <PanelLeftClose size={16} strokeWidth={1.75} aria-hidden /> Collapse
      </button>
      <button
        type="button"
        aria-label="Expand the navigation"
        title="Expand"
        onClick={() => onChange('wide')}
        className={`flex justify-center wide:hidden ${className}`}
      >
        <PanelLeftOpen size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </>
  );
}
