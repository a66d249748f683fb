'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { NotDone } from '#console/blast-radius/not-done.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { JsonObject } from '#server/kernel/json.ts';
import { listed } from './privacy-words.ts';

type Props = {
  globalPosition: string;
  fields: readonly string[];
  onRevealed(data: JsonObject): void;
  onClose(): void;
};

/** Asks why; what is revealed is on record before it is shown. */
export function RevealDialog({ globalPosition, fields, onRevealed, onClose }: Props) {
  const trpc = useTRPC();
  const [reason, setReason] = useState('');
  const reveal = useMutation(
    trpc.privacy.reveal.mutationOptions({
      onSuccess(event) {
        onRevealed(event.data as JsonObject);
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length >= 3) reveal.mutate({ globalPosition, reason: reason.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Reveal ${listed(fields)}`}
      note="The audit keeps that you looked, at what and why."
      className="w-[400px]"
    >
      <form onSubmit={submit} className="flex flex-col gap-4 pt-2">
        {reveal.error === null ? null : <NotDone failure={reveal.error} />}
        <Field label="Reason" hint="at least 3 characters">
          <Input
            autoFocus
            maxLength={500}
            value={reason}
            autoComplete="off"
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button type="button" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={reason.trim().length < 3 || reveal.isPending}>
            Reveal
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
