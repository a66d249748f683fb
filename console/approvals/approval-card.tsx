'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getUntypedClient } from '@trpc/client';
import { useState } from 'react';
import { useAccount } from '#console/account/use-account.ts';
import { ActName } from '#console/act-name.tsx';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { readFailure, useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { StatusKind } from '#console/ui/status-shape.tsx';
import type { Approval, ApprovalState } from '#server/gateway/approvals.ts';

const STATUS: Record<ApprovalState, StatusKind> = {
  pending: 'held',
  approved: 'working',
  used: 'running',
  refused: 'stopped',
  withdrawn: 'stopped',
  expired: 'stopped',
};

/** One act that waits: what exactly, by whom and why; and what the reader may do about it. */
export function ApprovalCard({ approval }: { approval: Approval }) {
  const zone = useZone();
  const { act, state, requestedBy, requestedAt, expiresAt, reason, decided } = approval;
  const own = useAccount().data?.operatorId === requestedBy.id;
  return (
    <article
      aria-label={`${act}, asked for by ${requestedBy.name}`}
      className="border-line border-b p-4 last:border-b-0"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Status status={STATUS[state]}>{state}</Status>
        <h2 className="text-lead">
          <ActName act={act} />
        </h2>
        <span className="text-ink-2">
          asked for by {requestedBy.name} at {formatTime(requestedAt, zone)}
        </span>
        {state === 'pending' || state === 'approved' ? (
          <span className="text-ink-3 text-small">
            {state === 'pending' ? 'to be decided' : 'to be done'} until {formatTime(expiresAt, zone)}
          </span>
        ) : null}
      </div>
      <p className="max-w-prose pt-1 text-ink-2">“{reason}”</p>
      {decided === null ? null : (
        <p className="text-ink-2">
          {decided.name}: “{decided.why}”
        </p>
      )}
      <div className="pt-2">
        <JsonTree label="What was asked for" value={approval.input} openDepth={1} />
      </div>
      {state === 'pending' && !own ? <Decide approval={approval} /> : null}
      {state === 'pending' && own ? <Own approval={approval} /> : null}
      {state === 'approved' && own ? <Perform approval={approval} /> : null}
    </article>
  );
}

function useRefreshed() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => queries.invalidateQueries(trpc.approvals.list.pathFilter());
}

function Decide({ approval: { approvalId } }: { approval: Approval }) {
  const trpc = useTRPC();
  const onSettled = useRefreshed();
  const [reason, setReason] = useState('');
  const decide = useMutation(trpc.approvals.decide.mutationOptions({ onSettled }));
  const error = decide.error === null ? undefined : readFailure(decide.error).message;
  const ready = reason.trim().length >= 3 && !decide.isPending;
  const send = (decision: 'approve' | 'refuse') => decide.mutate({ approvalId, decision, reason: reason.trim() });
  return (
    <div className="flex flex-wrap items-end gap-2 pt-3">
      <Field label="Why" className="w-80 max-w-full" error={error}>
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <Button size="md" variant="primary" disabled={!ready} onClick={() => send('approve')}>
        Approve
      </Button>
      <Button size="md" disabled={!ready} onClick={() => send('refuse')}>
        Refuse
      </Button>
    </div>
  );
}

/** One's own is for somebody else to decide. */
function Own({ approval: { approvalId } }: { approval: Approval }) {
  const trpc = useTRPC();
  const onSettled = useRefreshed();
  const withdraw = useMutation(trpc.approvals.withdraw.mutationOptions({ onSettled }));
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3">
      <Button disabled={withdraw.isPending} onClick={() => withdraw.mutate({ approvalId })}>
        Withdraw
      </Button>
      <span role="status" className={withdraw.isError ? 'text-bad' : 'text-ink-2'}>
        {withdraw.isError ? readFailure(withdraw.error).message : 'You asked for it: a second operator decides.'}
      </span>
    </div>
  );
}

/** The requester does the act, with the input that was approved. */
function Perform({ approval: { act, input } }: { approval: Approval }) {
  const client = useTRPCClient();
  const onSettled = useRefreshed();
  const perform = useMutation({ mutationFn: () => getUntypedClient(client).mutation(act, input), onSettled });
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3">
      <Button variant="primary" disabled={perform.isPending} onClick={() => perform.mutate()}>
        Do it now
      </Button>
      <span role="status" className="text-bad">
        {perform.isError ? readFailure(perform.error).message : null}
      </span>
    </div>
  );
}
