import { formatCount } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import type { Experiment } from '#server/compare/experiment.ts';
import type { DeciderReport } from '#server/compare/report.ts';
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
      <ul>
        {groups.map((group, index) => (
          <li key={`${group.commandType} ${group.kind} ${group.reason}`} className="border-line border-t">
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
              className={cn(
                '-outline-offset-2 grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-4 px-4 py-2.5 text-start',
                index === chosen
                  ? 'bg-tide-soft shadow-[inset_2px_0_0_var(--tide)]'
                  : 'hover:bg-sunken dark:hover:bg-raised',
              )}
            >
              <span className="min-w-0">
                <span className="font-semibold">{group.commandType}</span>{' '}
                <span className="text-ink-2">{groupWord(group, experiment)}</span>
                <span className="mono block text-ink-2 text-small [overflow-wrap:anywhere]">{group.reason}</span>
              </span>
              <span className="font-semibold">{formatCount(group.commands)}</span>
              <span aria-hidden className="col-span-2 mt-1.5 h-1.5 rounded-gauge bg-sunken">
                <span
                  className="fill-solid block h-full min-w-[3px] rounded-gauge bg-tide-2"
                  style={{ width: `${(group.commands / most) * 100}%` }}
                />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
