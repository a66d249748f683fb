'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { useTRPCClient } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Textarea } from '#console/ui/input.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import { Select } from '#console/ui/select.tsx';
import { Sheet } from '#console/ui/sheet.tsx';
import type { Candidates } from '#server/compare/compare.ts';
import { ExperimentTerms } from './experiment-terms.tsx';
import {
  type ExperimentDraft,
  openDraft,
  subjectsOf,
  toNewExperiment,
  whyNotMeasured,
  withSubject,
} from './new-experiment-model.ts';

type Props = { candidates: Candidates; onClose: () => void };

/** A new experiment: what one expects, the two versions, the history, and by what it is decided, before anything is compared. */
export function NewExperimentSheet({ candidates, onClose }: Props) {
  const client = useTRPCClient();
  const router = useRouter();
  const [draft, setDraft] = useState<ExperimentDraft>(() => openDraft(candidates));
  const [tried, setTried] = useState(false);
  const result = toNewExperiment(draft);
  const faults = tried && 'faults' in result ? result.faults : [];
  const create = useMutation({
    mutationFn: async (request: Extract<typeof result, { request: unknown }>['request']) => {
      const { id } = await client.compare.create.mutate(request);
      await client.compare.start.mutate({ id });
      return id;
    },
    onSuccess: (id) => router.push(routes.experiment(id)),
  });
  const submit = () => {
    setTried(true);
    if ('request' in result) create.mutate(result.request);
  };
  const errorOf = (field: keyof ExperimentDraft) => faults.find((fault) => fault.field === field)?.message;
  const subjects = subjectsOf(candidates, draft.kind);
  const versions = subjects.find(({ name }) => name === draft.subject)?.versions ?? [];
  const versionItems = versions.map(({ version, label }) => ({ value: version, label }));
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Compare two versions"
      note="What is agreed here can't be changed once the answer is known"
      className="w-[460px]"
      foot={
        <>
          <span role="status" className="mr-auto min-w-0 grow basis-32 text-bad text-small empty:basis-0">
            {faults.length === 0 ? '' : `${formatNumberOf(faults.length, 'field is', 'fields are')} not right yet.`}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={create.isPending} onClick={submit}>
            Compare
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {create.isError ? <QueryError title="It was not begun" error={create.error} /> : null}
        <Field label="Hypothesis" help="What you expect, in a sentence" error={errorOf('hypothesis')}>
          <Textarea
            value={draft.hypothesis}
            maxLength={500}
            onChange={(event) => setDraft({ ...draft, hypothesis: event.currentTarget.value })}
          />
        </Field>
        <div className="flex flex-col items-start gap-1">
          <span className="font-medium text-small">What is compared</span>
          <Segmented
            label="What is compared"
            items={[
              { value: 'projection', label: 'Projection' },
              { value: 'decider', label: 'Decider' },
            ]}
            value={draft.kind}
            onChange={(kind) => setDraft({ ...openDraft(candidates, kind), hypothesis: draft.hypothesis })}
          />
        </div>
        <Field label={draft.kind === 'projection' ? 'Projection' : 'Category'} error={errorOf('subject')}>
          <Select
            items={subjects.map(({ name, versions: all }) => ({
              value: name,
              label: name,
              note: all.length === 1 ? '1 version' : `${all.length} versions`,
            }))}
            value={draft.subject === '' ? null : draft.subject}
            onChange={(subject) => setDraft(withSubject(draft, candidates, subject))}
          />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Version A" hint="as it is" error={errorOf('a')}>
            <Select items={versionItems} value={draft.a || null} onChange={(a) => setDraft({ ...draft, a })} />
          </Field>
          <Field label="Version B" hint="as it shall be" error={errorOf('b')}>
            <Select items={versionItems} value={draft.b || null} onChange={(b) => setDraft({ ...draft, b })} />
          </Field>
        </div>
        {versions.length < 2 ? (
          <p className="rounded-card border border-warn-line bg-warn-soft px-3 py-2">
            {draft.subject === '' ? 'There is nothing to choose.' : `${draft.subject} has one version alone.`} A second
            one comes with newer code, or from the module that <code>TIDEMARK_CANDIDATES</code> names.
          </p>
        ) : null}
        <ExperimentTerms
          draft={draft}
          unmeasured={whyNotMeasured(draft, candidates)}
          onChange={setDraft}
          errorOf={errorOf}
        />
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Sheet>
  );
}
