'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Select } from '#console/ui/select.tsx';
import type { FormFault } from './form-faults.ts';
import { type Draft, type DraftObject, emptyRow, type FormField, formFields, textOf } from './schema-form-model.ts';

type Props = {
  fields: readonly FormField[];
  draft: DraftObject;
  onChange: (draft: DraftObject) => void;
  readOnly: boolean;
  /** The fields that the server refused, and why. */
  faults: readonly FormFault[];
};

/** The fields of a command's data, one below the other; groups side by side, lists with rows to add and take away. */
export function SchemaFields({ fields, draft, onChange, readOnly, faults }: Props) {
  return fields.map((field) => (
    <SchemaField
      key={field.name}
      field={field}
      value={draft[field.name] ?? ''}
      onChange={(value) => onChange({ ...draft, [field.name]: value })}
      readOnly={readOnly}
      faults={faults}
    />
  ));
}

type FieldProps = Omit<Props, 'fields' | 'draft' | 'onChange'> & {
  field: FormField;
  value: Draft;
  onChange: (value: Draft) => void;
};

function SchemaField({ field, value, onChange, readOnly, faults }: FieldProps) {
  switch (field.kind) {
    case 'group':
      return (
        <fieldset className="grid grid-cols-2 gap-2">
          <legend className="pb-1 font-medium text-small">{field.label}</legend>
          <SchemaFields
            fields={field.fields}
            draft={asObject(value)}
            onChange={onChange}
            readOnly={readOnly}
            faults={faults}
          />
        </fieldset>
      );
    case 'list':
      return <ListField field={field} value={value} onChange={onChange} readOnly={readOnly} faults={faults} />;
    case 'choice':
      return (
        <Field label={field.label} help={field.help ?? undefined} error={errorOf(field, faults)} disabled={readOnly}>
          <Select
            items={field.choices.map((choice) => ({ value: choice, label: choice }))}
            value={textOf(value)}
            onChange={onChange}
            disabled={readOnly}
          />
        </Field>
      );
    default:
      return (
        <Field
          label={field.label}
          hint={field.required ? undefined : 'optional'}
          help={field.help ?? undefined}
          error={errorOf(field, faults)}
        >
          <Input
            name={field.path}
            value={textOf(value)}
            onChange={(event) => onChange(event.target.value)}
            readOnly={readOnly}
            inputMode={field.kind === 'integer' ? 'numeric' : undefined}
            placeholder={field.example === null ? undefined : `e.g. ${field.example}`}
            autoComplete="off"
          />
        </Field>
      );
  }
}

function ListField({ field, value, onChange, readOnly, faults }: FieldProps & { field: FormField & { kind: 'list' } }) {
  const rows = Array.isArray(value) ? value : [];
  const change = (index: number, row: Draft) => onChange(rows.map((old, at) => (at === index ? row : old)));
  const one = field.label.replace(/s$/, '').toLowerCase();
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 font-medium text-small">{field.label}</legend>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own, their place is what the server names
        <div key={index} className="relative flex flex-col gap-2.5 rounded-card border border-line bg-surface p-3">
          <div className="flex items-center justify-between">
            <span className="text-ink-3 text-small">
              {one} {index + 1}
            </span>
            {readOnly || rows.length <= Math.max(1, field.minItems) ? null : (
              <Button
                variant="ghost"
                icon
                aria-label={`Remove ${one} ${index + 1}`}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                <X strokeWidth={1.75} aria-hidden />
              </Button>
            )}
          </div>
          <SchemaFields
            fields={formFields(field.item, `${field.path}[${index}]`)}
            draft={asObject(row)}
            onChange={(next) => change(index, next)}
            readOnly={readOnly}
            faults={faults}
          />
        </div>
      ))}
      {errorOf(field, faults) === undefined ? null : <p className="text-bad text-small">{errorOf(field, faults)}</p>}
      {readOnly ? null : (
        <Button className="self-start" onClick={() => onChange([...rows, emptyRow(field.item)])}>
          <Plus strokeWidth={1.75} aria-hidden />
          Add {one}
        </Button>
      )}
    </fieldset>
  );
}

function errorOf(field: FormField, faults: readonly FormFault[]): string | undefined {
  return faults.find((fault) => fault.field === field.path)?.message;
}

function asObject(value: Draft): DraftObject {
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}
