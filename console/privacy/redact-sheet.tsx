'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BlastRadiusSheet } from '#console/blast-radius/blast-radius-sheet.tsx';
import { formatCount } from '#console/format.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import { redactionFacts } from './privacy-words.ts';

type Props = { globalPosition: string; eventType: string; onClose(): void };

/** What a redaction touches, and the act itself. It asks for the position to be typed: it can't be undone. */
export function RedactSheet({ globalPosition, eventType, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const radius = useQuery(trpc.privacy.redactRadius.queryOptions({ globalPosition }, { retry: false }));
  const done = useMutation(
    trpc.privacy.redact.mutationOptions({
      onSuccess() {
        void queries.invalidateQueries();
        onClose();
      },
    }),
  );
  return (
    <BlastRadiusSheet
      title={`Redact ${eventType} at ${formatCount(globalPosition)}`}
      confirm="Redact it"
      danger
      typed={globalPosition}
      keptIn="in place of the data, and in the audit"
      facts={radius.data === undefined ? null : redactionFacts(radius.data)}
      factsError={radius.error}
      onRetryFacts={() => void radius.refetch()}
      warnings={[
        'Can’t be undone: what the event says is gone from here. States go on as if it had said nothing.',
        'Events of other streams that were decided from it, exports and backups are not touched.',
      ]}
      refused={null}
      busy={done.isPending}
      failure={done.error}
      onConfirm={(reason) => done.mutate({ globalPosition, reason })}
      onClose={onClose}
    />
  );
}
