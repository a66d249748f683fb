import { type ReactNode, useId } from 'react';

/** One thing of the account: its name, what there is to say, and what can be done. */
export function Section({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-b py-5 first:pt-0 last:border-b-0">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 grow basis-72">
          <h2 id={id} className="text-title">
            {title}
          </h2>
          {note === undefined ? null : <div className="max-w-prose text-ink-2">{note}</div>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children === undefined ? null : <div className="pt-3">{children}</div>}
    </section>
  );
}
