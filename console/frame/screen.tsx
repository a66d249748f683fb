'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { routes } from '#console/routes.ts';
import { cn } from '#console/ui/cn.ts';
import { PulseWord } from './live-word.tsx';
import { Logo } from './logo.tsx';
import { PutOffBanner } from './put-off-banner.tsx';
import { TopBarTools } from './top-bar-tools.tsx';

type Props = {
  /** The page's heading: a word, or the name of the one thing it shows. */
  title: ReactNode;
  /** The pages above it. */
  crumbs?: readonly { label: string; href: string }[];
  /** The state of the thing, beside its name. */
  badge?: ReactNode;
  /** One short clause in ink-2: the range, the database. */
  note?: ReactNode;
  /** In place of the live word, where the page has a live stream of its own (`LiveWord`). */
  live?: ReactNode;
  /** The page is as high as the window and its panes scroll, from 1024 px on. */
  fill?: boolean;
  /** Without margins: the panes go to the edges. */
  bare?: boolean;
  /** What the page's table has, where much stands before it: whoever comes by Tab can go to it at once. */
  skipTo?: string;
  children: ReactNode;
};

/** What is read from top to bottom and not compared is as wide as a text; every other page has the whole width. */
export const READING = 'mx-auto w-full max-w-3xl';

/** A page: the top bar with its name, and what it shows. */
export function Screen({ title, crumbs = [], badge, note, live, fill = false, bare = false, skipTo, children }: Props) {
  return (
    // What is only read aloud in a pane stands absolutely: it must not make the document higher than the window.
    <div className={cn('relative flex min-h-dvh min-w-0 grow flex-col', fill && 'lg:h-dvh lg:overflow-clip')}>
      <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-3 border-line border-b bg-canvas px-4 sm:px-5">
        <div className="flex min-w-0 grow items-center gap-2">
          <Link
            href={routes.overview()}
            aria-label="Tidemark, to the overview"
            className="mr-0.5 shrink-0 p-0.5 sm:hidden"
          >
            <Logo />
          </Link>
          {crumbs.map((crumb) => (
            <Fragment key={crumb.href}>
              <Link href={crumb.href} className="shrink-0 text-ink-2 hover:text-ink hover:underline max-sm:sr-only">
                {crumb.label}
              </Link>
              <ChevronRight size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-3 max-sm:hidden" />
            </Fragment>
          ))}
          <h1 className="min-w-0 truncate text-bar">{title}</h1>
          {badge}
          {note === undefined ? null : (
            // It gives way before the name does: by less, a fraction of a pixel would cost the name its last letters.
            <span className="min-w-0 shrink-[99999] truncate pl-0.5 text-ink-2 text-small max-lg:hidden">{note}</span>
          )}
        </div>
        <TopBarTools live={live ?? <PulseWord />} />
      </header>
      <PutOffBanner />
      <main
        id="content"
        tabIndex={-1}
        className={cn(
          'min-w-0 grow outline-hidden',
          bare ? 'flex flex-col' : 'p-4 sm:p-6 sm:pt-5',
          fill && 'lg:min-h-0',
        )}
      >
        {skipTo !== undefined && (
          <button
            type="button"
            onClick={() => document.querySelector<HTMLElement>('main [role=grid]')?.focus()}
            className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-ink px-3 py-1.5 text-canvas focus:translate-y-0"
          >
            Skip to {skipTo}
          </button>
        )}
        {children}
      </main>
    </div>
  );
}
