'use client';

import { type ReactNode, useId, useState } from 'react';
import { formatCount } from '#console/format.ts';
import { Checkbox } from '#console/ui/checkbox.tsx';

export type FacetValue = { value: string; count: number; mark?: ReactNode };

type Props = {
  title: string;
  values: readonly FacetValue[];
  /** Those chosen; none chosen means all. */
  chosen: readonly string[];
  /** Whether the counts are there; a value that is chosen and not counted has no number. */
  counted: boolean;
  onChoose(chosen: string[]): void;
  /** Shown at first; the rest behind a button. */
  shownMax?: number;
};

/** Values with their counts. None is ticked while nothing is filtered; a tick lets one through, `only` no other. */
export function FacetList({ title, values, chosen, counted, onChoose, shownMax = 10 }: Props) {
  const [all, setAll] = useState(false);
  const titleId = useId();
  // A chosen value without an event in the stretch stays in the list, or nobody could untick it.
  const listed = [
    ...values,
    ...chosen.filter((value) => !values.some((item) => item.value === value)).map((value) => ({ value, count: 0 })),
  ] as FacetValue[];
  const shown = all ? listed : listed.filter((item, index) => index < shownMax || chosen.includes(item.value));

  const toggle = (value: string) => {
    onChoose(chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value]);
  };

  if (listed.length === 0) return null;
  return (
    <section aria-labelledby={titleId} className="border-b px-3.5 py-3">
      <div className="mb-1.5 flex items-baseline justify-between">
        <h2 id={titleId} className="font-semibold">
          {title}
        </h2>
        {chosen.length > 0 ? (
          <button type="button" className="text-small text-tide hover:underline" onClick={() => onChoose([])}>
            all
          </button>
        ) : (
          shown.length < listed.length && (
            <span className="text-ink-3 text-small">
              {shown.length} of {listed.length}
            </span>
          )
        )}
      </div>
      <ul>
        {shown.map(({ value, count, mark }) => (
          <li key={value} className="group flex h-6 items-center gap-2">
            <Checkbox checked={chosen.includes(value)} onChange={() => toggle(value)} className="flex-1 text-table">
              {mark}
              <span className="truncate">{value}</span>
            </Checkbox>
            <button
              type="button"
              aria-label={`only ${value}`}
              className="sr-only text-small text-tide group-hover:not-sr-only hover:underline focus-visible:not-sr-only"
              onClick={() => onChoose([value])}
            >
              only
            </button>
            <span className="text-ink-3 text-small">{counted && formatCount(count)}</span>
          </li>
        ))}
      </ul>
      {!all && shown.length < listed.length && (
        <button type="button" className="mt-1 text-small text-tide hover:underline" onClick={() => setAll(true)}>
          Show all {listed.length}
        </button>
      )}
    </section>
  );
}
