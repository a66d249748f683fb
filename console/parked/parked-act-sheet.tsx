'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BlastRadiusSheet } from '#console/blast-radius/blast-radius-sheet.tsx';
import { formatCount } from '#console/format.ts';
import { useTRPCClient } from '#console/trpc-client.tsx';
import type { ParkedEvent, ParkedGroup } from '#server/projections/operations.ts';
import { countOf, type ParkedAct, parkedWords } from './parked-act.ts';

type Props = {
  act: ParkedAct;
  group: ParkedGroup;
  /** The chosen event, which an act on one means; the oldest where none is. */
  event: Pick<ParkedEvent, 'globalPosition' | 'streamId' | 'waiting'> | null;
  onRetried(requested: number): void;
  onClose(): void;
};

/** What a retry or a skip touches, and the act itself. A skip asks for the name of the projection. */
export function ParkedActSheet({ act, group, event, onRetried, onClose }: Props) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { projection, version, fingerprint } = group;
  const skips = act.startsWith('skip');
  const one = act.endsWith('one') ? event : null;
  const count = countOf(act, group);
  const waiting = one?.waiting ?? group.waiting;
  const done = useMutation({
    mutationFn: async (reason: string) => {
      const choice = {
        projection,
        version,
        reason,
        ...(one === null ? { fingerprint, limit: count } : { positions: [one.globalPosition] }),
      };
      if (skips) await client.parked.skip.mutate(choice);
      else onRetried((await client.parked.retry.mutate(choice)).requested);
    },
    onSuccess: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  const words = parkedWords(act, group);
  return (
    <BlastRadiusSheet
      title={words.title}
      confirm={words.confirm}
      danger={skips}
      typed={skips ? projection : undefined}
      keptIn={`in projection-${projection}`}
      facts={[
        {
          label: skips ? 'Events passed over' : 'Events tried again',
          figure: formatCount(count),
          basis: one === null ? `of ${formatCount(group.events)} in this group, oldest first` : one.streamId,
        },
        {
          label: 'Streams',
          figure: formatCount(one === null ? Math.min(count, group.streams) : 1),
          basis: 'each in its own order, 50 at a time',
        },
        {
          label: 'Later events',
          figure: formatCount(waiting),
          basis: waiting === 0 ? 'none waits behind them' : 'wait behind them, and follow at once',
        },
      ]}
      warnings={
        skips
          ? [
              "Can't be undone: the read model will never have these events. Skipped events are listed by name and reason.",
            ]
          : ['What fails again is parked again, with a longer time until the next attempt.']
      }
      refused={null}
      busy={done.isPending}
      failure={done.error}
      onConfirm={(reason) => done.mutate(reason)}
      onClose={onClose}
    />
  );
}
