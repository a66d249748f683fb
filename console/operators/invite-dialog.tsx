'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { SecretOnce } from '#console/ui/secret-once.tsx';
import type { Role } from '#server/kernel/caller.ts';
import { RoleSelect } from './role-select.tsx';

/** Makes a one-time link for somebody, and shows it once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const zone = useZone();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [reason, setReason] = useState('');
  const invite = useMutation(trpc.operators.invite.mutationOptions());
  const failure = invite.error === null ? null : readFailure(invite.error);
  const ready = email.trim() !== '' && reason.trim().length >= 3 && !invite.isPending;
  const made = invite.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={made === undefined ? 'Invite somebody' : `A link for ${email.trim()}`}
      note={
        made === undefined
          ? 'You get a link, and pass it on yourself; an earlier one for the same address stops working.'
          : `It makes one account, until ${formatTime(made.expiresAt, zone)}. It is shown here and never again.`
      }
      foot={
        made === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="primary"
              disabled={!ready}
              onClick={() => invite.mutate({ email: email.trim(), role, reason: reason.trim() })}
            >
              Make the link
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        )
      }
    >
      {made === undefined ? (
        <div className="flex flex-col gap-3 pt-2">
          <Field label="Email" error={failure?.field === 'email' ? failure.message : undefined}>
            <Input
              type="email"
              autoComplete="off"
              maxLength={254}
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          <Field label="Role">
            <RoleSelect value={role} onChange={setRole} />
          </Field>
          <Field
            label="Why"
            help="Stands in the audit"
            error={failure !== null && failure.field !== 'email' ? failure.message : undefined}
          >
            <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </div>
      ) : (
        <div className="pt-2">
          <SecretOnce text={`${window.location.origin}${made.link}`} label="Copy the link" />
        </div>
      )}
    </Dialog>
  );
}
