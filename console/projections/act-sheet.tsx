'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { BlastRadiusSheet } from '#console/blast-radius/blast-radius-sheet.tsx';
import { formatCount } from '#console/format.ts';
import { useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import type { ActName, ActResult } from '#server/projections/operations.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { factsOf } from './act-facts.ts';
import { felt, wontCure, wordsOf } from './act-words.ts';

type Props = {
  projection: ProjectionStatus;
  act: ActName;
  version: number;
  onDone(result: ActResult): void;
  onClose(): void;
};

/** The blast radius of an act on a version, by the server's figures, and the act itself. */
export function ActSheet({ projection, act, version, onDone, onClose }: Props) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { name } = projection;
  const serving = version === projection.version;
  const words = wordsOf(act, name, version, serving);
  const changed = projection.versions.find((one) => one.version === version);
  const [position, setPosition] = useState('');
  const [bound, setBound] = useState('');
  const to = /^\d{1,15}$/.test(position) ? position : undefined;
  const badBound = bound !== '' && !(/^\d{1,8}$/.test(bound) && Number(bound) >= 1 && Number(bound) <= 10_000_000);
  const eventsPerSecondMax = bound === '' || badBound ? undefined : Number(bound);
  const radius = useQuery(
    trpc.projections.blastRadius.queryOptions(
      {
        name,
        act,
        ...(act === 'rebuild' ? {} : { version }),
        ...(act === 'rewind' && to ? { to } : {}),
        ...(act === 'rebuild' ? { eventsPerSecondMax } : {}),
      },
      { staleTime: 0, placeholderData: keepPreviousData, refetchInterval: 5000 },
    ),
  );
  const done = useMutation({
    mutationFn: (reason: string): Promise<ActResult> => {
      const request = { name, version, reason };
      switch (act) {
        case 'rebuild':
          return client.projections.rebuild.mutate({ name, reason, eventsPerSecondMax });
        case 'rollback':
          return client.projections.rollback.mutate({ name, reason });
        case 'throttle':
          return client.projections.throttle.mutate({ ...request, eventsPerSecondMax: eventsPerSecondMax ?? null });
        case 'rewind':
          return client.projections.rewind.mutate({ ...request, to: position });
        default:
          return client.projections[act].mutate(request);
      }
    },
    onSuccess: (result) => {
      void queries.invalidateQueries();
      onDone(result);
    },
  });
  return (
    <BlastRadiusSheet
      title={words.title}
      confirm={words.confirm}
      danger={words.danger}
      typed={words.typed ? name : undefined}
      keptIn={`in projection-${name}`}
      facts={
        radius.data === undefined
          ? null
          : factsOf(radius.data, projection.categories, {
              bound: eventsPerSecondMax ?? null,
              lifted: act === 'promote' && changed?.state === 'building' ? changed.eventsPerSecondMax : null,
            })
      }
      factsError={radius.data === undefined ? radius.error : undefined}
      onRetryFacts={() => void radius.refetch()}
      warnings={[
        ...(serving ? felt(act, projection, version) : []),
        ...wontCure(act, projection),
        ...(radius.data?.irreversible ?? []).map((what) => `Can't be undone: ${what}.`),
      ]}
      refused={radius.data?.refused == null ? null : `Not possible now: ${radius.data.refused}.`}
      lacking={
        act === 'rewind' && to === undefined ? 'A position is needed.' : badBound ? 'The speed is not right yet.' : null
      }
      busy={done.isPending}
      failure={done.error}
      onConfirm={(reason) => done.mutate(reason)}
      onClose={onClose}
    >
      {act === 'rewind' ? (
        <Field
          label="Position to go back to"
          help={`Events after it are applied again; v${version} stands at ${formatCount(projection.checkpoint)}.`}
          error={position !== '' && to === undefined ? 'must be a position: a whole number' : undefined}
        >
          <Input
            mono
            inputMode="numeric"
            value={position}
            onChange={(event) => setPosition(event.currentTarget.value)}
          />
        </Field>
      ) : null}
      {act === 'throttle' || act === 'rebuild' ? (
        <Field
          label="Events a second at most"
          hint="optional"
          help="Empty: as fast as it goes."
          error={badBound ? 'must be a whole number from 1 to 10,000,000' : undefined}
        >
          <Input inputMode="numeric" value={bound} onChange={(event) => setBound(event.currentTarget.value)} />
        </Field>
      ) : null}
    </BlastRadiusSheet>
  );
}
