import { type ReactNode, useId } from 'react';

type Props = { title: string; note?: ReactNode; children: ReactNode };

/** A part of the inspector, divided from the next by a hairline. */
export function InspectorSection({ title, note, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t px-4 py-3.5">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {note !== undefined && <span className="text-ink-3 text-small">{note}</span>}
      </div>
      {children}
    </section>
  );
}
