'use client';

import { DateTimeField } from '#console/date-time-field.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Select } from '#console/ui/select.tsx';
import { type AuditView, isFiltered, NO_FILTER, OUTCOMES } from './use-audit.ts';

type Props = { view: AuditView; onChange(view: Partial<AuditView>): void };

const ANY = 'any';
const ITEMS = [
  { value: ANY, label: 'Any outcome' },
  ...OUTCOMES.map((outcome) => ({ value: outcome as string, label: outcome })),
];

/** What narrows the audit; all of it is in the URL. Text counts when it is entered. */
export function AuditFilters({ view, onChange }: Props) {
  return (
    <search
      aria-label="Filter the audit"
      className="flex flex-wrap items-end gap-3 max-sm:grid max-sm:w-full max-sm:grid-cols-2"
    >
      <Text label="Words" name="q" view={view} onChange={onChange} filterField className="sm:w-40" />
      <Text label="Who" name="who" view={view} onChange={onChange} className="sm:w-32" />
      <Text label="Act" name="act" view={view} onChange={onChange} className="sm:w-32" />
      <Field label="Outcome" className="sm:w-36">
        <Select
          items={ITEMS}
          value={view.outcome ?? ANY}
          onChange={(value) => onChange({ outcome: OUTCOMES.find((outcome) => outcome === value) ?? null })}
        />
      </Field>
      <DateTimeField
        label="from"
        placeholder="from"
        value={view.from}
        onChange={(from) => onChange({ from })}
        className="max-sm:col-span-2 sm:w-48"
      />
      <DateTimeField
        label="to"
        placeholder="to"
        value={view.to}
        onChange={(to) => onChange({ to })}
        className="max-sm:col-span-2 sm:w-48"
      />
      {isFiltered(view) ? (
        <Button size="md" className="max-sm:justify-self-start" onClick={() => onChange(NO_FILTER)}>
          Clear the filter
        </Button>
      ) : null}
    </search>
  );
}

function Text({
  label,
  name,
  view,
  onChange,
  filterField = false,
  className,
}: Props & { label: string; name: 'q' | 'who' | 'act'; filterField?: boolean; className: string }) {
  const value = view[name] ?? '';
  const commit = (text: string) => {
    if (text.trim() !== value) onChange({ [name]: text.trim() === '' ? null : text.trim() });
  };
  return (
    <Field label={label} className={className}>
      <Input
        key={value}
        defaultValue={value}
        data-filter-field={filterField || undefined}
        onBlur={(event) => commit(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(event.currentTarget.value);
        }}
      />
    </Field>
  );
}
