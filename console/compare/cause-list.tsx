import { formatCount } from '#console/format.ts';
import { cn } from '#console/ui/cn.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import type { CauseGroup, DataReport } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { causeBars } from './differences-model.ts';
import { causeWord, kindWord, versionName } from './experiment-words.ts';

type Props = {
  experiment: Experiment;
  data: DataReport;
  chosen: number;
  onChoose: (cause: number) => void;
};

/** Differences by cause, the longest bar first; choosing one shows its rows. */
export function CauseList({ experiment, data, chosen, onChoose }: Props) {
  return (
    <Card
      title="Differences by cause"
      note={data.causes.length === 0 ? undefined : `${formatCount(data.unexplained)} rows not explained by a rule`}
    >
      {data.causes.length === 0 ? (
        <p className="border-line border-t px-4 py-4 text-ink-2">
          Not one row differs, of {formatCount(data.rowsA)} compared up to {formatCount(data.position)}.
        </p>
      ) : (
        <ul>
          {causeBars(data.causes).map(({ group, index, length }) => (
            <li key={index} className="border-line border-t">
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
                  <span className="font-semibold">{causeWord(group.cause)}</span>{' '}
                  <span className="text-ink-2">
                    {group.kind === 'changed' ? `in ${group.fields.join(', ')}` : kindWord(group.kind, experiment)}
                  </span>
                  <span className="block text-ink-2 text-small">{group.explanation}</span>
                </span>
                <span className="max-w-36 text-right">
                  <span className="font-semibold">{formatCount(group.rows)}</span>{' '}
                  <span className="text-ink-3 text-small">{group.rows === 1 ? 'row' : 'rows'}</span>
                  <span className="block text-small">
                    <Side experiment={experiment} group={group} />
                  </span>
                </span>
                <span className="col-span-2 mt-1.5 flex items-center gap-3">
                  <span aria-hidden className="h-1.5 grow rounded-gauge bg-sunken">
                    <span
                      className={cn(
                        'fill-solid block h-full min-w-[3px] rounded-gauge',
                        group.explainedBy !== null
                          ? 'hatch hatch-tide'
                          : group.wrong === 'b'
                            ? 'bg-bad-solid'
                            : group.wrong === 'a'
                              ? 'bg-ink-3'
                              : 'bg-warn-solid',
                      )}
                      style={{ width: `${length * 100}%` }}
                    />
                  </span>
                  {group.parting === null ? null : (
                    <span className="text-ink-2 text-small">
                      first at <span className="mono text-ink">{formatCount(group.parting.globalPosition)}</span>
                    </span>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Side({ experiment, group }: { experiment: Experiment; group: CauseGroup }) {
  if (group.explainedBy !== null) return <span className="text-ink-2">expected</span>;
  if (group.wrong === null) return <span className="text-ink-2">not known which is right</span>;
  const name = versionName(experiment, group.wrong);
  if (group.wrong === 'a') return <span className="text-ink-2">{name} wrong</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-bad">
      <StatusShape kind="failed" size={11} />
      {name} wrong
    </span>
  );
}
