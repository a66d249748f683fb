import { formatCount } from '#console/format.ts';
import type { Experiment } from '#server/compare/experiment.ts';
import type { DeciderReport } from '#server/compare/report.ts';
import { BarList } from './bar-list.tsx';
import { Card } from './card.tsx';
import { groupWord } from './decider-words.ts';
import { versionName } from './experiment-words.ts';

type Props = {
  experiment: Experiment;
  decider: DeciderReport;
  chosen: number;
  onChoose: (group: number) => void;
};

/** Different decisions by command type and reason, as bars. */
export function DeciderGroups({ experiment, decider, chosen, onChoose }: Props) {
  const { commands, same, recorded, groups, measure } = decider;
  const most = Math.max(1, ...groups.map((group) => group.commands));
  return (
    <Card title="Different decisions" note={`${formatCount(commands - same)} of ${formatCount(commands)} commands`}>
      <p className="px-4 pb-3 text-ink-2 text-small">
        Recorded at the time: {formatCount(recorded.accepted)} accepted, {formatCount(recorded.rejected)} refused,{' '}
        {formatCount(recorded.nothing_to_do)} with nothing to do. {formatCount(same)} are decided alike by both.
      </p>
      {measure === null ? null : (
        <p className="border-line border-t px-4 py-2">
          <span className="font-semibold">{measure.title}</span>: {formatCount(measure.a)} by{' '}
          {versionName(experiment, 'a')}, {formatCount(measure.b)} by {versionName(experiment, 'b')}{' '}
          <span className="text-ink-2">({measure.better} is better)</span>
        </p>
      )}
      <BarList
        items={groups.map((group, index) => ({
          key: String(index),
          title: group.commandType,
          note: groupWord(group, experiment),
          detail: <span className="mono">{group.reason}</span>,
          figure: <span className="font-semibold">{formatCount(group.commands)}</span>,
          length: group.commands / most,
          fill: 'bg-tide-2',
        }))}
        chosen={String(chosen)}
        onChoose={(key) => onChoose(Number(key))}
      />
    </Card>
  );
}
