import type { ReactNode } from 'react';

/** A named group of samples. */
export function Sample({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="pt-6">
      <h2 className="pb-3 text-lead">{title}</h2>
      {children}
    </section>
  );
}

/** Samples side by side. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3 pb-3">{children}</div>;
}
