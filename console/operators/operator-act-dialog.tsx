'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatNumberOf } from '#console/format.ts';
import { ReasonDialog } from '#console/reason-dialog.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Field } from '#console/ui/field.tsx';
import type { Operator } from '#server/identity/identity.ts';
import type { Role } from '#server/kernel/caller.ts';
import { RoleSelect } from './role-select.tsx';

export type OperatorAct = 'role' | 'sessions' | 'disable' | 'enable';

type Words = { title: string; note: string; button: string; run(said: { operatorId: string; reason: string }): void };

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
  const words: Record<OperatorAct, Words> = {
    role: {
      title: `The role of ${email}`,
      note: 'It counts from the next request on.',
      button: 'Change the role',
      run: (said) => setTheRole.mutate({ ...said, role }),
    },
    sessions: {
      title: `End all sessions of ${email}`,
      note: `${formatNumberOf(openSessions, 'session')} and their live streams end within 5 s. Signing in again stays possible.`,
      button: 'End the sessions',
      run: (said) => endSessions.mutate(said),
    },
    disable: {
      title: `Disable ${email}`,
      note: 'Sessions and live streams end within 5 s, and nobody signs in by this account. It can be enabled again.',
      button: 'Disable',
      run: (said) => disable.mutate(said),
    },
    enable: {
      title: `Enable ${email}`,
      note: 'Password and second factor are as they were.',
      button: 'Enable',
      run: (said) => enable.mutate(said),
    },
  };
  const { title, note, button, run } = words[act];
  return (
    <ReasonDialog
      title={title}
      note={note}
      act={button}
      danger={act === 'disable'}
      ready={act !== 'role' || role !== roleNow}
      pending={mutations.some(({ isPending }) => isPending)}
      error={mutations.find(({ error }) => error !== null)?.error ?? null}
      onAct={(reason) => run({ operatorId, reason })}
      onClose={onClose}
    >
      {act === 'role' ? (
        <Field label="Role">
          <RoleSelect value={role} onChange={setRole} />
        </Field>
      ) : null}
    </ReasonDialog>
  );
}
