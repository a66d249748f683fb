'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DateTimeField } from '#console/date-time-field.tsx';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { QueryError } from '#console/query-error.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { Input } from '#console/ui/input.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { AsOf } from '#server/projections/inspection.ts';
import { momentOf } from './rows-model.ts';

type Props = { name: string; chosen: number | null; onChoose(version: number | null): void };

/** Read models as of a moment: built by the real handlers in a place of their own, seen, and dropped. */
export function AsOfBar({ name, chosen, onChoose }: Props) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [position, setPosition] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const list = useQuery(trpc.readModels.listAsOf.queryOptions({ name }, { refetchInterval: 1000, staleTime: 0 }));
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.readModels.listAsOf.queryKey() });
  const open = useMutation({
    mutationFn: () => client.readModels.openAsOf.mutate({ name, ...(at === null ? { position } : { at }) }),
    onSuccess: ({ version }) => {
      setPosition('');
      setAt(null);
      refresh();
      onChoose(version);
    },
  });
  const close = useMutation({
    mutationFn: (version: number) => client.readModels.closeAsOf.mutate({ name, version }),
    onSuccess: (_, version) => {
      refresh();
      if (version === chosen) onChoose(null);
    },
  });
  const ready = at !== null || /^\d{1,15}$/.test(position);
  const asOf = list.data?.asOf ?? [];
  return (
    <section aria-label="As of a moment" className="rounded-card border border-line bg-surface px-4 py-3">
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) open.mutate();
        }}
      >
        <h2 className="mr-2 font-semibold">Rows as of</h2>
        <Input
          mono
          aria-label="Position"
          placeholder="position"
          inputMode="numeric"
          className="w-32"
          value={position}
          disabled={at !== null}
          onChange={(event) => setPosition(event.currentTarget.value)}
        />
        <span className="text-ink-2">or</span>
        <DateTimeField label="Time" value={at} onChange={setAt} placeholder="26 Nov 2026, 09:00:00" className="w-56" />
        <Button type="submit" disabled={!ready || open.isPending}>
          Build
        </Button>
        <span className="text-ink-3 text-small">
          {ready ? 'The handlers that serve now fill it; kept for an hour.' : 'Give a position or a time.'}
        </span>
      </form>
      {open.isError ? <QueryError title="It was not begun" error={open.error} className="mt-2" /> : null}
      {close.isError ? <QueryError title="It was not dropped" error={close.error} className="mt-2" /> : null}
      {asOf.length === 0 ? null : (
        <ul className="pt-2" aria-label="Read models as of a moment">
          {asOf.map((one) => (
            <AsOfRow
              key={one.version}
              asOf={one}
              chosen={one.version === chosen}
              onChoose={onChoose}
              onClose={() => close.mutate(one.version)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type RowProps = { asOf: AsOf; chosen: boolean; onChoose: Props['onChoose']; onClose: () => void };

function AsOfRow({ asOf, chosen, onChoose, onClose }: RowProps) {
  const zone = useZone();
  const { version, state, eventsDone, eventsTotal, failure, expiresAt, requestedBy } = asOf;
  const kind = state === 'ready' ? 'running' : state === 'failed' ? 'failed' : 'working';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t py-2">
      <Badge status={kind}>{state}</Badge>
      <span className="font-medium">{momentOf(asOf, (at) => formatTime(at, zone))}</span>
      {state === 'building' ? (
        <span className="flex items-center gap-2 text-ink-2">
          <TideGauge at={eventsDone} mark={Math.max(eventsTotal, 1)} label="Build of the read model" className="w-32" />
          {formatCount(eventsDone)} of {formatCount(eventsTotal)} events
        </span>
      ) : (
        <span className="text-ink-3 text-small">
          {failure ?? `by ${requestedBy}, kept until ${formatTime(expiresAt, zone)}`}
        </span>
      )}
      <span className="ml-auto flex gap-2">
        {state === 'ready' ? (
          <Button aria-pressed={chosen} onClick={() => onChoose(chosen ? null : version)}>
            {chosen ? 'Show the present' : 'Show beside the present'}
          </Button>
        ) : null}
        <Button variant="danger" onClick={onClose}>
          {state === 'building' ? 'Cancel' : 'Drop'}
        </Button>
      </span>
    </li>
  );
}
