'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { Operator } from '#server/identity/identity.ts';
import type { Role } from '#server/kernel/caller.ts';
import { RoleSelect } from './role-select.tsx';

export type OperatorAct = 'role' | 'sessions' | 'disable' | 'enable';

/** What is done to an operator: said before it is done, with a reason. */
export function OperatorActDialog({
  operator: { operatorId, email, role: roleNow, openSessions },
  act,
  onClose,
}: {
  operator: Operator;
  act: OperatorAct;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>(roleNow);
  const [reason, setReason] = useState('');
  const done = {
    onSuccess: async () => {
      await queries.invalidateQueries(trpc.operators.list.pathFilter());
      onClose();
    },
  };
  const setTheRole = useMutation(trpc.operators.setRole.mutationOptions(done));
  const disable = useMutation(trpc.operators.disable.mutationOptions(done));
  const enable = useMutation(trpc.operators.enable.mutationOptions(done));
  const endSessions = useMutation(trpc.operators.endSessions.mutationOptions(done));
  const mutations = [setTheRole, disable, enable, endSessions];
  const failed = mutations.find(({ error }) => error !== null)?.error ?? null;
  const pending = mutations.some(({ isPending }) => isPending);
  const said = { operatorId, reason: reason.trim() };
  const words = {
    role: {
      title: `The role of ${email}`,
      note: 'It counts from the next request on.',
      button: 'Change the role',
      run: () => setTheRole.mutate({ ...said, role }),
    },
    sessions: {
      title: `End all sessions of ${email}`,
      note: `${formatNumberOf(openSessions, 'session')} and their live streams end within 5 s. Signing in again stays possible.`,
      button: 'End the sessions',
      run: () => endSessions.mutate(said),
    },
    disable: {
      title: `Disable ${email}`,
      note: 'Sessions and live streams end within 5 s, and nobody signs in by this account. It can be enabled again.',
      button: 'Disable',
      run: () => disable.mutate(said),
    },
    enable: {
      title: `Enable ${email}`,
      note: 'Password and second factor are as they were.',
      button: 'Enable',
      run: () => enable.mutate(said),
    },
  }[act];
  const ready = said.reason.length >= 3 && !pending && (act !== 'role' || role !== roleNow);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={words.title}
      note={words.note}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant={act === 'disable' ? 'danger-solid' : 'primary'} disabled={!ready} onClick={words.run}>
            {words.button}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-2">
        {act === 'role' ? (
          <Field label="Role">
            <RoleSelect value={role} onChange={setRole} />
          </Field>
        ) : null}
        <Field label="Why" help="Stands in the audit" error={failed === null ? undefined : readFailure(failed).message}>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
