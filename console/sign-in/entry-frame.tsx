import type { ReactNode } from 'react';
import { Logo } from '#console/frame/logo.tsx';
import { Strata } from './strata.tsx';

/** What stands round the pages before the console. */
export function EntryFrame({ children }: { children: ReactNode }) {
  return (
    <div className="isolate grid min-h-dvh grid-cols-1 lg:grid-cols-[4fr_5fr]">
      <div className="sticky top-0 hidden h-dvh border-line border-r lg:block">
        <Strata />
      </div>
      <main className="flex items-center justify-center px-5 py-10">
        <div className="w-[348px] max-w-full">
          <div className="flex items-center gap-2.5 pb-7 text-title">
            <Logo size={23} /> Tidemark
          </div>
          {children}
        </div>
      </main>
    </div>
  );
}

/** The name of a step, and what it is about. */
export function EntryHeading({ title, note }: { title: string; note?: ReactNode }) {
  return (
    <div className="pb-5">
      <h1 className="text-figure">{title}</h1>
      {note === undefined ? null : <p className="break-words text-ink-2">{note}</p>}
    </div>
  );
}
