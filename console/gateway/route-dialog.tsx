'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Button } from '#console/ui/button.tsx';
import { CopyButton } from '#console/ui/copy-button.tsx';
import { Dialog } from '#console/ui/dialog.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';

const EMPTY = { category: '', url: '', timeoutMs: '3000', allow: '', reason: '' };

const FIELDS = [
  ['category', 'Category', 'Such as loan: streams whose id begins with loan-'],
  ['url', 'Service', 'What stands before /commands and /streams'],
  ['timeoutMs', 'Time in milliseconds', 'For all tries together'],
  ['allow', 'Hosts that may be internal', 'With commas between them; none where it is on the internet'],
  ['reason', 'Why', 'Stands in the audit'],
] as const;

/** Routes a category to a service; then shows the key by which the service knows our tokens. */
export function RouteDialog({ onClose }: { onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [form, setForm] = useState(EMPTY);
  const set = useMutation(
    trpc.gateway.setRoute.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.gateway.status.pathFilter()),
    }),
  );
  const failure = set.error === null ? null : readFailure(set.error);
  const allow = form.allow.split(',').flatMap((host) => (host.trim() === '' ? [] : [host.trim()]));
  const send = () =>
    set.mutate({
      category: form.category.trim(),
      url: form.url.trim(),
      timeoutMs: Number(form.timeoutMs),
      allow,
      reason: form.reason.trim(),
    });
  const ready = form.category !== '' && form.url !== '' && form.reason.trim().length >= 3 && !set.isPending;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={set.data === undefined ? 'Route a category to a service' : `${set.data.route.category} is routed`}
      note="It holds at all processes within a second."
      foot={
        set.data === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" disabled={!ready} onClick={send}>
              Route it
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        )
      }
    >
      {set.data === undefined ? (
        <div className="flex flex-col gap-3 pt-2">
          {FIELDS.map(([name, label, help]) => (
            <Field key={name} label={label} help={help} error={failure?.field === name ? failure.message : undefined}>
              <Input value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.target.value })} />
            </Field>
          ))}
          {failure !== null && failure.field === null ? <p className="text-bad">{failure.message}</p> : null}
        </div>
      ) : (
        <div className="flex flex-col gap-2 pt-2">
          <p className="text-ink-2">
            The service checks our tokens (HS256) with this key, base64url. It is told again whenever the route is set.
          </p>
          <div className="flex items-start gap-1 rounded-control border border-line py-0.5 pr-1 pl-2.5">
            <code className="min-w-0 grow break-all py-1">{set.data.key}</code>
            <CopyButton text={set.data.key} label="Copy" />
          </div>
        </div>
      )}
    </Dialog>
  );
}
