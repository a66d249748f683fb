'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RoleSelect } from '#console/operators/role-select.tsx';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Checkbox } from '#console/ui/checkbox.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { SecretOnce } from '#console/ui/secret-once.tsx';
import { Select } from '#console/ui/select.tsx';
import type { Permission, Role } from '#server/kernel/caller.ts';

const EXPIRIES = [
  { value: '7', label: 'in 7 days' },
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
] as const;

type Expiry = (typeof EXPIRIES)[number]['value'];

type Props = {
  /** What a key of each role may at most. */
  roles: Readonly<Record<Role, readonly Permission[]>>;
  onClose: () => void;
};

/** Makes a key with all that a role may, or less, and shows it once. */
export function MakeKeyDialog({ roles, onClose }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [without, setWithout] = useState<readonly Permission[]>([]);
  const [expiry, setExpiry] = useState<Expiry>('90');
  const [reason, setReason] = useState('');
  const make = useMutation(
    trpc.keys.create.mutationOptions({ onSuccess: () => queries.invalidateQueries(trpc.keys.list.pathFilter()) }),
  );
  const failure = make.error === null ? null : readFailure(make.error);
  const may = roles[role].filter((one) => !without.includes(one));
  const ready = name.trim() !== '' && may.length > 0 && reason.trim().length >= 3 && !make.isPending;
  const send = () =>
    make.mutate({
      name: name.trim(),
      role,
      reason: reason.trim(),
      ...(may.length < roles[role].length && { permissions: [...may] }),
      ...(expiry !== 'never' && { expiresInDays: Number(expiry) }),
    });
  const close = (open: boolean) => {
    if (!open) onClose();
  };
  if (make.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={close}
        title={`The key ${make.data.apiKey.name}`}
        note="It is shown here and never again: only a hash of it is kept."
        foot={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <div className="pt-2">
          <SecretOnce text={make.data.key} label="Copy the key" />
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Make a key"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={send}>
            Make the key
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-2">
        <Field label="Name" help="The program that has it; it is the actor of what it does">
          <Input autoComplete="off" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Role">
          <RoleSelect
            value={role}
            onChange={(next) => {
              setRole(next);
              setWithout([]);
            }}
          />
        </Field>
        <fieldset>
          <legend className="pb-1 font-medium text-small">May</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {roles[role].map((one) => (
              <Checkbox
                key={one}
                checked={!without.includes(one)}
                onChange={(on) => setWithout(on ? without.filter((other) => other !== one) : [...without, one])}
              >
                <span className="mono">{one}</span>
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <Field label="Ends">
          <Select items={EXPIRIES} value={expiry} onChange={setExpiry} />
        </Field>
        <Field label="Why" help="Stands in the audit" error={failure?.message}>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
