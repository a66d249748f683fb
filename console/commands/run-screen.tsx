'use client';

import { useQuery } from '@tanstack/react-query';
import { shortenId } from '#console/format.ts';
import { READING, Screen } from '#console/frame/screen.tsx';
import { useVisit } from '#console/palette/recent.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { ReceiptView } from './receipt-view.tsx';
import { OUTCOME_WORD } from './receipt-words.ts';

/** The receipt of an earlier command, its projections as they are now. */
export function RunScreen({ commandId }: { commandId: string }) {
  const trpc = useTRPC();
  const run = useQuery(trpc.commands.run.queryOptions({ commandId }));
  const receipt = run.data;
  useVisit(receipt !== undefined);
  const code = run.isError ? readFailure(run.error).code : null;
  return (
    <Screen
      title={receipt?.commandType ?? 'Receipt'}
      note={<span className="mono">{shortenId(commandId)}</span>}
      badge={
        receipt ? (
          // The receipt says it too, and a small screen has no room beside the name.
          <Badge status={receipt.outcome === 'accepted' ? 'running' : undefined} className="max-sm:hidden">
            {OUTCOME_WORD[receipt.outcome]}
          </Badge>
        ) : undefined
      }
      crumbs={[{ label: 'Commands', href: routes.commands() }]}
    >
      <div className={READING}>
        {receipt ? (
          <ReceiptView receipt={receipt} />
        ) : code === 'command-not-found' || code === 'bad-request' ? (
          <EmptyState
            title={`No command was received under ${commandId}.`}
            action={<ButtonLink href={routes.commands()}>Commands that came last</ButtonLink>}
          />
        ) : run.isError ? (
          <QueryError title="The receipt could not be read" error={run.error} onRetry={() => void run.refetch()} />
        ) : (
          <SkeletonLines rows={12} label="the receipt" />
        )}
      </div>
    </Screen>
  );
}
