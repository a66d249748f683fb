'use client';

import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { useZone } from '#console/settings.tsx';
import { readFailure } from '#console/trpc-client.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Field } from '#console/ui/field.tsx';
import { Input } from '#console/ui/input.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { ExperimentDetail } from '#server/compare/compare.ts';
import type { Experiment } from '#server/compare/experiment.ts';
import { Card } from './card.tsx';
import { CourseChart } from './course-chart.tsx';
import { versionName, withVersionNames } from './experiment-words.ts';
import { SplitTable } from './split-table.tsx';
import type { ExperimentActs } from './use-experiment.ts';

type Props = { detail: ExperimentDetail; acts: ExperimentActs };

const SHARES = ['0', '1', '5', '10', '25', '50'] as const;

/** Real readers of both: a sticky share of them sees version b, and guard rails end it by themselves. */
export function SplitPanel({ detail: { experiment, split }, acts }: Props) {
  const zone = useZone();
  const names = { a: versionName(experiment, 'a'), b: versionName(experiment, 'b') };
  if (experiment.kind === 'decider') {
    return (
      <EmptyState title="A decider has no readers to split." className="rounded-card border border-line bg-surface">
        Its versions are compared by replaying recorded commands; history is never touched.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {split !== null && split.stoppedBy !== null ? (
        <Banner tone="warn" title={`The split stopped by itself: ${withVersionNames(split.stoppedBy, experiment)}`}>
          Every reader sees {names.a} again.
        </Banner>
      ) : null}
      <p className="text-lead" role="status">
        {experiment.splitPercent === 0
          ? `Every reader sees ${experiment.status === 'promoted' ? names.b : names.a}.`
          : `${experiment.splitPercent} % of the readers see ${names.b}${split?.since ? ` since ${formatTime(split.since, zone)}` : ''}.`}
        {split === null || split.stoppedBy !== null ? null : (
          <span className="block font-normal text-body text-ink-2">{withVersionNames(split.sentence, experiment)}</span>
        )}
      </p>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          {split?.a && split.b ? <SplitTable a={split.a} b={split.b} names={names} /> : null}
          {split !== null && split.course.length > 0 ? (
            <Card
              title="Course"
              note={`change of the latency in ${names.b}, with an interval that holds at every look`}
            >
              <div className="px-2 pb-2">
                <CourseChart
                  title="Course of the split"
                  course={split.course.map(({ reads, change }) => ({ samples: reads, change }))}
                  matters={experiment.matters}
                  noun="reads"
                />
              </div>
            </Card>
          ) : (
            <EmptyState
              title={
                split === null
                  ? 'No read was split yet.'
                  : experiment.splitPercent === 0
                    ? 'The split ended before a course could be drawn.'
                    : 'The course is not drawn yet.'
              }
              className="rounded-card border border-line bg-surface"
            >
              {split === null
                ? 'A reader stays with the version that they first saw, for as long as the split lasts.'
                : 'It begins with fifty seconds in which readers of both versions were answered.'}
            </EmptyState>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {experiment.status === 'concluded' ? <SplitForm experiment={experiment} acts={acts} name={names.b} /> : null}
          <GuardRails experiment={experiment} name={names.b} />
        </div>
      </div>
    </div>
  );
}

function SplitForm({ experiment, acts, name }: { experiment: Experiment; acts: ExperimentActs; name: string }) {
  const now = SHARES.find((share) => Number(share) === experiment.splitPercent) ?? '0';
  const [percent, setPercent] = useState<(typeof SHARES)[number]>(now);
  const [reason, setReason] = useState('');
  const lacking =
    Number(percent) === experiment.splitPercent
      ? `Choose ${experiment.splitPercent === 0 ? 'a' : 'another'} share.`
      : reason.trim().length < 3
        ? 'A reason is needed.'
        : null;
  return (
    <Card title="Share of the readers">
      <form
        className="flex flex-col items-start gap-3 border-line border-t px-4 py-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (lacking !== null) return;
          acts.split.mutate(
            { id: experiment.id, percent: Number(percent), reason: reason.trim() },
            { onSuccess: () => setReason('') },
          );
        }}
      >
        <Segmented
          label={`Percent of readers that see ${name}`}
          items={SHARES.map((value) => ({ value, label: value === '0' ? 'None' : `${value} %` }))}
          value={percent}
          onChange={setPercent}
          className="max-[22.5rem]:[&>*]:px-1.5"
        />
        <Field label="Reason" hint={`kept in experiment-${experiment.id}`} className="w-full">
          <Input
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={500}
            autoComplete="off"
          />
        </Field>
        {acts.split.error ? (
          <p role="alert" className="text-bad">
            {readFailure(acts.split.error).message}
          </p>
        ) : null}
        <div className="flex items-center gap-3">
          <Button type="submit" disabled={lacking !== null || acts.split.isPending}>
            {percent !== '0'
              ? `Let ${percent} % see ${name}`
              : experiment.splitPercent === 0
                ? 'Split the readers'
                : 'End the split'}
          </Button>
          {lacking === null ? null : <span className="text-ink-2 text-small">{lacking}</span>}
        </div>
      </form>
    </Card>
  );
}

function GuardRails({ experiment: { guardRails }, name }: { experiment: Experiment; name: string }) {
  const rails = [
    ['Failed reads', `above ${guardRails.errorRateMax * 100} % on ${name}`],
    ['Latency', `above ${formatCount(guardRails.latencyRatioMax)} times that of the other`],
    ['Lag', `above ${formatCount(guardRails.lagSecondsMax)} s`],
  ] as const;
  return (
    <Card title="Guard rails" note="what ends the split by itself">
      <dl>
        {rails.map(([rail, bound]) => (
          <div key={rail} className="flex gap-4 border-line border-t px-4 py-2">
            <dt className="w-28 shrink-0 text-ink-2">{rail}</dt>
            <dd>{bound}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
