'use client';

import { useQuery } from '@tanstack/react-query';
import { Screen } from '#console/frame/screen.tsx';
import { QueryAnswer } from '#console/query-answer.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import type { Approval } from '#server/gateway/approvals.ts';
import { ApprovalCard } from './approval-card.tsx';
import { ApprovalRules } from './approval-rules.tsx';

/** Acts that wait for a second operator, what was decided, and which acts ask for one. */
export function ApprovalsScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.approvals.list.queryOptions({ limit: 50 }, { refetchInterval: 3000 }));
  return (
    <Screen title="Approvals" note="two pairs of eyes for what can't be undone">
      <div className="flex flex-col gap-6">
        <QueryAnswer query={query} failed="The approvals could not be read" rows={3} rowHeight={60} label="approvals">
          {({ approvals }) => <Lists approvals={approvals} />}
        </QueryAnswer>
      </div>
    </Screen>
  );
}

function Lists({ approvals }: { approvals: readonly Approval[] }) {
  const open = approvals.filter(({ state }) => state === 'pending' || state === 'approved');
  const over = approvals.filter(({ state }) => state !== 'pending' && state !== 'approved');
  return (
    <>
      <section aria-label="Open" className="rounded-card border border-line bg-surface">
        {open.length === 0 ? <EmptyState title="Nothing waits for a second operator." /> : null}
        {open.map((approval) => (
          <ApprovalCard key={approval.approvalId} approval={approval} />
        ))}
      </section>
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
    </>
  );
}
