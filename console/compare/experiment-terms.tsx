'use client';

import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';
import { type ExperimentDraft, metricItems } from './new-experiment-model.ts';

type Props = {
  draft: ExperimentDraft;
  /** Why the metric will not be measured; null where it will. */
  unmeasured: string | null;
  onChange: (draft: ExperimentDraft) => void;
  errorOf: (field: keyof ExperimentDraft) => string | undefined;
};

type TextField = {
  [Name in keyof ExperimentDraft]: ExperimentDraft[Name] extends string
    ? string extends ExperimentDraft[Name]
      ? Name
      : never
    : never;
}[keyof ExperimentDraft];

/** The history, the metric and the guard rails of an experiment. */
export function ExperimentTerms({ draft, unmeasured, onChange, errorOf }: Props) {
  const text = (name: TextField, label: string, more: { hint?: string; help?: string; placeholder?: string } = {}) => (
    <Field label={label} hint={more.hint} help={more.help} error={errorOf(name)}>
      <Input
        value={draft[name]}
        placeholder={more.placeholder}
        autoComplete="off"
        onChange={(event) => onChange({ ...draft, [name]: event.target.value })}
      />
    </Field>
  );
  const projection = draft.kind === 'projection';
  return (
    <>
      <fieldset className="grid gap-3 sm:grid-cols-2">
        <legend className="pb-1 font-semibold">History</legend>
        {text('from', projection ? 'After position' : 'Received from', {
          hint: 'optional',
          placeholder: projection ? '0' : '2026-11-24T00:00:00Z',
        })}
        {text('to', projection ? 'Up to position' : 'Received until', {
          hint: 'optional',
          placeholder: projection ? 'the mark' : 'now',
        })}
      </fieldset>
      <fieldset className="grid gap-3 sm:grid-cols-2">
        <legend className="pb-1 font-semibold">What decides</legend>
        <Field label="Metric" help={unmeasured === null ? undefined : <span className="text-warn">{unmeasured}</span>}>
          <Select
            items={metricItems(draft.kind)}
            value={draft.metric}
            onChange={(metric) => onChange({ ...draft, metric })}
          />
        </Field>
        {text('mattersPercent', 'Change that matters', { hint: 'percent' })}
        {projection ? null : (
          <>
            <div className="flex flex-col items-start gap-1 sm:col-span-2">
              <span className="font-medium text-small">Business measure</span>
              <div className="flex flex-wrap gap-2">
                <Segmented
                  label="Business measure"
                  items={[
                    { value: 'sum', label: 'Sum of a field' },
                    { value: 'count', label: 'Count of an event' },
                  ]}
                  value={draft.measureKind}
                  onChange={(measureKind) => onChange({ ...draft, measureKind })}
                />
                <Segmented
                  label="What is better"
                  items={[
                    { value: 'higher', label: 'More is better' },
                    { value: 'lower', label: 'Less is better' },
                  ]}
                  value={draft.measureBetter}
                  onChange={(measureBetter) => onChange({ ...draft, measureBetter })}
                />
              </div>
            </div>
            {text('measureEvent', 'Event type', { hint: 'optional', placeholder: 'OrderPlaced' })}
            {draft.measureKind === 'sum' ? text('measureField', 'Field', { placeholder: 'total.amount' }) : null}
          </>
        )}
      </fieldset>
      {projection ? (
        <fieldset className="grid gap-3 sm:grid-cols-3">
          <legend className="pb-1 font-semibold">Guard rails of a live split</legend>
          {text('errorPercent', 'Failed reads', { hint: '% at most' })}
          {text('latencyRatio', 'Latency', { hint: 'times A' })}
          {text('lagSeconds', 'Lag', { hint: 's at most' })}
        </fieldset>
      ) : null}
    </>
  );
}
