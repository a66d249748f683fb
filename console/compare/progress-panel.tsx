'use client';

import { useEffect, useState } from 'react';
import { formatCount, formatRate, formatSeconds, formatShare } from '#console/format.ts';
import { Button } from '#console/ui/button.tsx';
import { StatusShape } from '#console/ui/status-shape.tsx';
import { TideGauge } from '#console/ui/tide-gauge.tsx';
import type { ExperimentDetail } from '#server/compare/compare.ts';
import { addSample, type ProgressSample, progressFigures, stepUnit, stepWord } from './progress-model.ts';

type Props = { detail: ExperimentDetail; onCancel: () => void; onRetry: () => void };

/** How far the comparison is: the step, its rate and the time left; it goes on where the tab is closed. */
export function ProgressPanel({ detail: { progress, experiment }, onCancel, onRetry }: Props) {
  const { state, step, done, total, message, updatedAt, startedAt } = progress;
  const [samples, setSamples] = useState<ProgressSample[]>([]);
  useEffect(() => {
    if (updatedAt !== null) setSamples((known) => addSample(known, { step, done, at: Date.parse(updatedAt) }));
  }, [step, done, updatedAt]);
  if (state === 'failed' && experiment.status !== 'running') {
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center gap-3 rounded-card border border-bad-line bg-bad-soft px-4 py-3"
      >
        <StatusShape kind="failed" size={14} />
        <span className="min-w-0 grow">The last comparison failed: {message}</span>
        <Button onClick={onRetry}>Compare again</Button>
      </div>
    );
  }
  if (experiment.status !== 'running') return null;
  const { share, perSecond, secondsLeft } = progressFigures(progress, samples);
  const unit = stepUnit(step);
  const facts = [
    total === null ? null : `${formatCount(done)} of ${formatCount(total)}${unit}`,
    share === null ? null : formatShare(share),
    perSecond === null || perSecond <= 0 ? null : `${formatRate(perSecond)}${unit}/s`,
    secondsLeft === null ? null : `about ${formatSeconds(secondsLeft)} left in this step`,
    startedAt === null || updatedAt === null
      ? null
      : `${formatSeconds((Date.parse(updatedAt) - Date.parse(startedAt)) / 1000)} so far`,
  ].filter((fact) => fact !== null);
  return (
    <section
      aria-label="Progress"
      className="flex flex-col gap-2 rounded-card border border-tide-line bg-tide-soft px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusShape kind="working" size={14} />
        <span className="font-semibold" role="status">
          {state === 'cancelling' ? 'Being cancelled' : `Comparing: ${stepWord(step)}`}
        </span>
        {/* Elsewhere it says again what the line beneath says of the step. */}
        {step === 'rows' && <span className="text-ink-2">{message}</span>}
        <Button className="ml-auto" onClick={onCancel} disabled={state === 'cancelling'}>
          Cancel the comparison
        </Button>
      </div>
      <TideGauge at={done} mark={total ?? Math.max(1, done * 2)} label={`progress of ${stepWord(step)}`} />
      <p className="text-ink-2 text-small">
        {facts.join(', ')}
        {facts.length === 0 ? 'A worker takes it up in a moment. ' : '. '}
        It goes on where this tab is closed.
      </p>
    </section>
  );
}
