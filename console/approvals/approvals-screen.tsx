'use client';

import { useQuery } from '@tanstack/react-query';
import { Screen } from '#console/frame/screen.tsx';
import { QueryError } from '#console/query-error.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { ApprovalCard } from './approval-card.tsx';
import { ApprovalRules } from './approval-rules.tsx';

/** Acts that wait for a second operator, what was decided, and which acts ask for one. */
export function ApprovalsScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.approvals.list.queryOptions({ limit: 50 }, { refetchInterval: 3000 }));
  const approvals = query.data?.approvals ?? [];
  const open = approvals.filter(({ state }) => state === 'pending' || state === 'approved');
  const over = approvals.filter(({ state }) => state !== 'pending' && state !== 'approved');
  return (
    <Screen title="Approvals" note="two pairs of eyes for what can't be undone">
      <div className="flex max-w-5xl flex-col gap-6">
        {query.isError ? (
          <QueryError
            title="The approvals could not be read"
            error={query.error}
            onRetry={() => void query.refetch()}
            dataAt={query.dataUpdatedAt}
          />
        ) : null}
        {query.isPending ? <SkeletonLines rows={3} rowHeight={60} label="approvals" /> : null}
        {query.data === undefined ? null : (
          <section aria-label="Open" className="rounded-card border border-line bg-surface">
            {open.length === 0 ? <EmptyState title="Nothing waits for a second operator." /> : null}
            {open.map((approval) => (
              <ApprovalCard key={approval.approvalId} approval={approval} />
            ))}
          </section>
        )}
        <ApprovalRules />
        {over.length === 0 ? null : (
          <section aria-labelledby="decided">
            <h2 id="decided" className="pb-2 text-title">
              Decided
            </h2>
            <div className="rounded-card border border-line bg-surface">
              {over.map((approval) => (
                <ApprovalCard key={approval.approvalId} approval={approval} />
              ))}
            </div>
          </section>
        )}
      </div>
    </Screen>
  );
}
