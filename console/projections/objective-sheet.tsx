'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { BlastRadiusSheet } from '#console/blast-radius/blast-radius-sheet.tsx';
import { formatBound, formatSeconds } from '#console/format.ts';
import { useTRPCClient } from '#console/trpc-client.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';

/** A month, which is how far the history of lag reaches. */
const SECONDS_MAX = 31 * 86_400;

type Props = { name: string; objectiveSeconds: number; lagSeconds: number; onClose(): void };

/** Sets how many seconds a projection may be behind before an alert is raised. */
export function ObjectiveSheet({ name, objectiveSeconds, lagSeconds, onClose }: Props) {
  const client = useTRPCClient();
  const [text, setText] = useState(String(objectiveSeconds));
  const seconds = Number(text);
  const valid = text.trim() !== '' && seconds >= 0.1 && seconds <= SECONDS_MAX;
  const set = useMutation({
    mutationFn: (reason: string) => client.projections.setObjective.mutate({ name, seconds, reason }),
    onSuccess: onClose,
  });
  return (
    <BlastRadiusSheet
      title={`How far behind ${name} may be`}
      confirm="Set the objective"
      keptIn={`in projection-${name}`}
      facts={[
        { label: 'Objective now', figure: formatBound(objectiveSeconds) },
        {
          label: 'Behind now',
          figure: formatSeconds(lagSeconds),
          basis: valid && lagSeconds > seconds ? 'an alert is raised at once' : 'no alert is raised by it now',
        },
      ]}
      warnings={[]}
      refused={null}
      lacking={valid ? null : 'The seconds must be a number from 0.1 to 2,678,400.'}
      busy={set.isPending}
      failure={set.error}
      onConfirm={(reason) => set.mutate(reason)}
      onClose={onClose}
    >
      <Field label="Seconds" help="Further behind, an alert is raised; ten seconds in a row within it resolve it.">
        <Input inputMode="decimal" value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Field>
    </BlastRadiusSheet>
  );
}
