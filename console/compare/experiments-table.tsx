'use client';

import Link from 'next/link';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { Status } from '#console/ui/badge.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import { experimentStatus, experimentTitle } from './experiment-words.ts';

/** Experiments as rows: what became of each in a sentence, who asked and when. */
export function ExperimentsTable({ experiments }: { experiments: readonly Experiment[] }) {
  const zone = useZone();
  if (experiments.length === 0) {
    return (
      <EmptyState title="No two versions were compared yet." className="rounded-card border border-line bg-surface">
        Two versions are fed the same events, and what differs is named with the event that parted them.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Experiments" className="rounded-card border border-line bg-surface">
      <h2 className="px-4 py-2.5 font-semibold">Experiments</h2>
      <ul>
        {experiments.map((experiment) => {
          const { kind, word } = experimentStatus(experiment);
          const { id, sentence, hypothesis, actor, changedAt, splitPercent } = experiment;
          return (
            <li
              key={id}
              className="grid gap-x-5 gap-y-1 border-line border-t px-4 py-3 lg:grid-cols-[13rem_minmax(0,1fr)_13rem]"
            >
              <span className="min-w-0">
                <Link href={routes.experiment(id)} className="block font-semibold text-tide hover:underline">
                  {experimentTitle(experiment)}
                </Link>
                <Status status={kind} className="text-small">
                  {word}
                </Status>
              </span>
              <span className="min-w-0">
                {sentence === null ? null : <span className="block font-medium">{sentence}</span>}
                <span className="block text-ink-2 text-small">{hypothesis}</span>
              </span>
              <span className="text-ink-2 text-small lg:text-right">
                {actor}, {formatTime(changedAt, zone)}
                {splitPercent === 0 ? null : <span className="block">{splitPercent} % of readers see B</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
