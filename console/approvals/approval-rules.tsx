'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '#console/account/use-account.ts';
import { groupActs } from '#console/act-words.ts';
import { usePutOff } from '#console/frame/put-off-banner.tsx';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Checkbox } from '#console/ui/checkbox.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';

/** Which guarded acts ask for a second operator; an administrator sets them. */
export function ApprovalRules() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const may = useMay();
  const { data } = useQuery(trpc.approvals.rules.queryOptions());
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [reason, setReason] = useState('');
  const set = useMutation(
    trpc.approvals.setRules.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.approvals.rules.pathFilter());
        setChosen(null);
        setReason('');
      },
    }),
  );
  const putOff = usePutOff();
  if (data === undefined) return null;
  const acts = chosen ?? data.acts;
  const toggle = (act: string, on: boolean) => setChosen(on ? [...acts, act] : acts.filter((one) => one !== act));
  return (
    <section aria-labelledby="rules">
      <h2 id="rules" className="text-title">
        Acts that need a second operator
      </h2>
      <p className="max-w-prose pb-2 text-ink-2">
        All of these ask for a reason, and{putOff ? ', once it is set up,' : ''} for a fresh second factor. Those that
        are ticked wait for somebody else's approval, too.
        {may('settings.manage') ? null : ' Changing it needs the permission settings.manage.'}
      </p>
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        {groupActs(data.guarded).map(({ group, acts: members }) => (
          <fieldset key={group} className="min-w-0">
            <legend className="font-medium">{group}</legend>
            {members.map(({ act, words }) => (
              <Checkbox
                key={act}
                checked={acts.includes(act)}
                disabled={!may('settings.manage')}
                onChange={(on) => toggle(act, on)}
              >
                <span>
                  {words} <span className="mono text-ink-3 text-small">{act}</span>
                </span>
              </Checkbox>
            ))}
          </fieldset>
        ))}
      </div>
      {chosen === null ? null : (
        <div className="flex flex-wrap items-end gap-2 pt-3">
          <Field
            label="Why it is changed"
            className="w-80 max-w-full"
            error={set.error === null ? undefined : readFailure(set.error).message}
          >
            <Input value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <Button
            size="md"
            variant="primary"
            disabled={reason.trim().length < 3 || set.isPending}
            onClick={() => set.mutate({ acts: [...acts], reason: reason.trim() })}
          >
            Set
          </Button>
          <Button size="md" variant="ghost" onClick={() => setChosen(null)}>
            Leave as it is
          </Button>
        </div>
      )}
    </section>
  );
}
