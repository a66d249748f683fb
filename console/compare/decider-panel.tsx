'use client';

import Link from 'next/link';
import { formatCount } from '#console/format.ts';
import { formatTime } from '#console/format-time.ts';
import { routes } from '#console/routes.ts';
import { useZone } from '#console/settings.tsx';
import { JsonTree } from '#console/state-inspector/json-tree.tsx';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import type { DeciderGroup, DeciderReport } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { decidedCells } from './decided-model.ts';
import { DeciderGroups } from './decider-groups.tsx';
import { groupWord } from './decider-words.ts';
import { DistributionChart } from './distribution-chart.tsx';
import { DistributionTable } from './distribution-table.tsx';
import { versionName } from './experiment-words.ts';
import { SidesTable } from './sides-table.tsx';
import type { CompareView, SetCompareView } from './use-compare-view.ts';

type Props = { experiment: Experiment; decider: DeciderReport | null; view: CompareView; setView: SetCompareView };

/** What two deciders make of the recorded commands: groups of different decisions, an example of both, the time each takes. */
export function DeciderPanel({ experiment, decider, view, setView }: Props) {
  if (decider === null) {
    return (
      <EmptyState title="No command was replayed yet." className="rounded-card border border-line bg-surface">
        Every recorded command of the range, the refused ones too, is decided by both on the state that it met. History
        is not touched.
      </EmptyState>
    );
  }
  const names = { a: versionName(experiment, 'a'), b: versionName(experiment, 'b') };
  const group = decider.groups[view.group] ?? decider.groups[0];
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <DeciderGroups
          experiment={experiment}
          decider={decider}
          chosen={group === undefined ? -1 : decider.groups.indexOf(group)}
          onChoose={(next) => void setView({ group: next, example: 0 })}
        />
        <Card title="Time of a decision" note={`${formatCount(decider.time.a.count)} decisions each, log scale`}>
          <div className="px-2">
            <DistributionChart
              title="Time of a decision"
              a={decider.time.a}
              b={decider.time.b}
              names={names}
              height={220}
            />
          </div>
          <div className="border-line border-t">
            <DistributionTable
              label="Time of a decision"
              a={decider.time.a}
              b={decider.time.b}
              changes={{ p50: decider.time.change }}
              names={names}
            />
          </div>
        </Card>
      </div>
      {group === undefined ? null : (
        <Example
          experiment={experiment}
          group={group}
          at={Math.min(view.example, group.examples.length - 1)}
          names={names}
          onMove={(example) => void setView({ example }, { history: 'replace' })}
        />
      )}
    </div>
  );
}

type ExampleProps = {
  experiment: Experiment;
  group: DeciderGroup;
  at: number;
  names: { a: string; b: string };
  onMove: (example: number) => void;
};

function Example({ experiment, group, at, names, onMove }: ExampleProps) {
  const zone = useZone();
  const example = group.examples[at];
  if (example === undefined) return null;
  return (
    <Card
      title={group.commandType}
      note={`${groupWord(group, experiment)}, example ${at + 1} of ${group.examples.length}`}
      aside={
        <>
          <Button disabled={at === 0} onClick={() => onMove(at - 1)}>
            Previous
          </Button>
          <Button disabled={at >= group.examples.length - 1} onClick={() => onMove(at + 1)}>
            Next
          </Button>
        </>
      }
    >
      <div className="border-line border-t px-4 py-3">
        <p className="text-ink-2">
          To{' '}
          <Link className="mono text-tide hover:underline" href={routes.stream(example.streamId)}>
            {example.streamId}
          </Link>{' '}
          at version {formatCount(example.streamVersion)}, {formatTime(example.receivedAt, zone, { date: 'always' })}
        </p>
        <JsonTree label="Data of the command" value={example.data} openDepth={1} className="pt-1" />
      </div>
      <SidesTable
        label={`The decisions of ${names.a} and ${names.b}`}
        head="Decision"
        cells={decidedCells(example.a, example.b)}
        names={names}
        absent="none"
      />
      {(['a', 'b'] as const).map((side) => {
        const { refusal } = example[side];
        return refusal === null ? null : (
          <p key={side} className="border-line border-t px-4 py-2 text-ink-2">
            {names[side]} refuses: {refusal.message}
          </p>
        );
      })}
      <div className="flex flex-wrap gap-2 border-line border-t px-4 py-3">
        <ButtonLink href={routes.stream(example.streamId, { v: example.streamVersion })}>
          Open stream at {formatCount(example.streamVersion)}
        </ButtonLink>
        <ButtonLink href={routes.commandRun(example.commandId)}>Open the receipt</ButtonLink>
      </div>
    </Card>
  );
}
