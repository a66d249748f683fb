'use client';

import { useQuery } from '@tanstack/react-query';
import { BlastRadiusSheet, type RadiusFact } from '#console/blast-radius/blast-radius-sheet.tsx';
import { factsOf } from '#console/projections/act-facts.ts';
import { useTRPC } from '#console/trpc-client.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import { versionName } from './experiment-words.ts';
import type { ExperimentActs } from './use-experiment.ts';
import type { EndingAct } from './verdict-head.tsx';

type Props = { experiment: Experiment; act: EndingAct; acts: ExperimentActs; onClose: () => void };

/** What promoting, rolling back or abandoning would do, before it is done. */
export function EndingSheet({ experiment, act, acts, onClose }: Props) {
  const trpc = useTRPC();
  const { id, subject } = experiment;
  const [a, b] = [versionName(experiment, 'a'), versionName(experiment, 'b')];
  const radius = useQuery(
    trpc.compare.blastRadius.queryOptions(
      { id, act: act === 'rollback' ? 'rollback' : 'promote' },
      { enabled: act !== 'abandon', staleTime: 0 },
    ),
  );
  const words: Record<EndingAct, { title: string; confirm: string; warnings: string[] }> = {
    promote: {
      title: `Readers of ${subject} see ${b}`,
      confirm: `Promote ${b}`,
      warnings: [`${a} is kept until it is dropped, and one step takes readers back to it.`],
    },
    rollback: {
      title: `Readers of ${subject} see ${a} again`,
      confirm: `Roll back to ${a}`,
      warnings: [`What readers did on what ${b} showed them is not undone.`],
    },
    abandon: {
      title: `End the comparison of ${subject} without a switch`,
      confirm: 'Abandon',
      warnings: ['An abandoned experiment can not be started again; a new one can.'],
    },
  };
  const mutation = acts[act];
  const { title, confirm, warnings } = words[act];
  const facts = act === 'abandon' ? ABANDONED(a) : radius.data === undefined ? null : factsOf(radius.data, null);
  return (
    <BlastRadiusSheet
      title={title}
      confirm={confirm}
      keptIn={`in experiment-${id}`}
      facts={facts}
      factsError={radius.data === undefined ? radius.error : undefined}
      onRetryFacts={() => void radius.refetch()}
      warnings={[...warnings, ...(radius.data?.irreversible ?? []).map((what) => `Can't be undone: ${what}.`)]}
      refused={act !== 'abandon' && radius.data?.refused != null ? `Not possible now: ${radius.data.refused}.` : null}
      busy={mutation.isPending}
      failure={mutation.error}
      onConfirm={(reason) => mutation.mutate({ id, reason }, { onSuccess: onClose })}
      onClose={() => {
        mutation.reset();
        onClose();
      }}
    />
  );
}

const ABANDONED = (a: string): RadiusFact[] => [
  { label: 'Readers', figure: `stay with ${a}`, basis: 'a live split ends' },
  { label: 'Report', figure: 'kept', basis: 'at this address' },
];
