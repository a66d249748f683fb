'use client';

import { useState } from 'react';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Select } from '#console/ui/select.tsx';
import type { Rule } from '#server/compare/experiment.ts';
import { CAUSE_ITEMS } from './experiment-words.ts';
import { type RuleDraft, toRule } from './rule-words.ts';

type Props = {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
  onClose: () => void;
  onSave: (rule: Rule) => void;
  busy: boolean;
  failure: string | null;
  /** Saving begins the comparison anew. */
  again: boolean;
};

const KINDS: { value: Rule['kind']; label: string }[] = [
  { value: 'accepted', label: 'A cause is expected' },
  { value: 'tolerance', label: 'A tolerance' },
  { value: 'renamed', label: 'A column is renamed' },
  { value: 'added', label: 'A column is new' },
  { value: 'removed', label: 'A column is gone' },
];

/** One rule of expected difference. */
export function RuleForm({ draft, onChange, onClose, onSave, busy, failure, again }: Props) {
  const [tried, setTried] = useState(false);
  const result = toRule(draft);
  const fault = tried && 'field' in result ? result : null;
  const errorOf = (field: keyof RuleDraft) => (fault?.field === field ? fault.message : undefined);
  const set = <Name extends keyof RuleDraft>(name: Name, value: RuleDraft[Name]) =>
    onChange({ ...draft, [name]: value });
  return (
    <form
      aria-label="A rule of expected difference"
      className="grid gap-3 border-line border-t px-4 py-3 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if ('rule' in result) onSave(result.rule);
      }}
    >
      <Field label="Kind of rule">
        <Select items={KINDS} value={draft.kind} onChange={(kind) => set('kind', kind)} />
      </Field>
      {draft.kind === 'accepted' ? (
        <Field label="Cause">
          <Select items={CAUSE_ITEMS} value={draft.cause} onChange={(cause) => set('cause', cause)} />
        </Field>
      ) : null}
      <Field
        label={draft.kind === 'renamed' ? 'Column in A' : 'Column'}
        hint={draft.kind === 'accepted' ? 'optional' : undefined}
        error={errorOf('column')}
      >
        <Input mono value={draft.column} onChange={(event) => set('column', event.target.value)} autoComplete="off" />
      </Field>
      {draft.kind === 'renamed' ? (
        <Field label="Column in B" error={errorOf('to')}>
          <Input mono value={draft.to} onChange={(event) => set('to', event.target.value)} autoComplete="off" />
        </Field>
      ) : null}
      {draft.kind === 'tolerance' ? (
        <Field label="May differ by" help="A number such as 1, or a share such as 0.5 %" error={errorOf('absolute')}>
          <Input value={draft.absolute} onChange={(event) => set('absolute', event.target.value)} autoComplete="off" />
        </Field>
      ) : null}
      <Field
        label="Reason"
        help="For whoever reads the verdict later"
        error={errorOf('reason')}
        className="sm:col-span-2"
      >
        <Input
          value={draft.reason}
          onChange={(event) => set('reason', event.target.value)}
          maxLength={500}
          autoComplete="off"
          // The form opens on demand, further down the page: the keys go on in it.
          autoFocus
        />
      </Field>
      {failure === null ? null : (
        <p role="alert" className="text-bad sm:col-span-2">
          {failure}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2 sm:col-span-2">
        <Button type="submit" variant="primary" disabled={busy}>
          {again ? 'Add and compare again' : 'Add the rule'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
