'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ReasonDialog } from '#console/reason-dialog.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import type { ApiKey } from '#server/identity/identity.ts';

/** Ends a key for good, with a reason. */
export function RevokeKeyDialog({ apiKey: { keyId, name }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.keys.list.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <ReasonDialog
      title={`Revoke ${name}`}
      note="The program that has it is refused within 2 s, for good."
      act="Revoke it"
      danger
      pending={revoke.isPending}
      error={revoke.error}
      onAct={(reason) => revoke.mutate({ keyId, reason })}
      onClose={onClose}
    />
  );
}
