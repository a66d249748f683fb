'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BlastRadiusSheet } from '#console/blast-radius/blast-radius-sheet.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { forgettingFacts } from './privacy-words.ts';

type Props = { subject: string; onClose(): void };

/** What forgetting a person touches, and the act itself. It asks for the person's id to be typed. */
export function ForgetSheet({ subject, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const radius = useQuery(trpc.privacy.forgetRadius.queryOptions({ subject }, { retry: false }));
  const done = useMutation(
    trpc.privacy.forget.mutationOptions({
      onSuccess() {
        void queries.invalidateQueries();
        onClose();
      },
    }),
  );
  const nothing = radius.data !== undefined && radius.data.keys === 0;
  return (
    <BlastRadiusSheet
      title={`Forget ${subject}`}
      confirm="Forget this person"
      danger
      typed={subject}
      keptIn="in the audit"
      facts={radius.data === undefined ? null : forgettingFacts(radius.data)}
      factsError={radius.error}
      onRetryFacts={() => void radius.refetch()}
      warnings={[
        'Can’t be undone: the key is destroyed, and nobody reads what it sealed again, in backups neither.',
        `The id ${subject} stays in events: orders are counted by it.`,
      ]}
      refused={nothing ? 'Nothing is sealed for this person.' : null}
      busy={done.isPending}
      failure={done.error}
      onConfirm={(reason) => done.mutate({ subject, reason })}
      onClose={onClose}
    />
  );
}
