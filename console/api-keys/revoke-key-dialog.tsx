'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { ApiKey } from '#server/identity/identity.ts';

/** Ends a key for good, with a reason. */
export function RevokeKeyDialog({ apiKey: { keyId, name }, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.keys.list.pathFilter());
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Revoke ${name}`}
      note="The program that has it is refused within 2 s, for good."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger-solid"
            disabled={reason.trim().length < 3 || revoke.isPending}
            onClick={() => revoke.mutate({ keyId, reason: reason.trim() })}
          >
            Revoke it
          </Button>
        </>
      }
    >
      <Field
        label="Why"
        help="Stands in the audit"
        error={revoke.error === null ? undefined : readFailure(revoke.error).message}
        className="pt-2"
      >
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Dialog>
  );
}
