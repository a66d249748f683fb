import { formatCount } from '#console/format.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import type { Experiment } from '#server/compare/experiment.ts';
import type { CauseGroup, DataReport } from '#server/compare/report.ts';
import { BarList } from './bar-list.tsx';
import { Card } from './card.tsx';
import { causeBars } from './differences-model.ts';
import { causeWord, kindWord, versionName, withVersionNames } from './experiment-words.ts';

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
        <BarList
          items={causeBars(data.causes).map(({ group, index, length }) => ({
            key: String(index),
            title: causeWord(group.cause),
            note: group.kind === 'changed' ? `in ${group.fields.join(', ')}` : kindWord(group.kind, experiment),
            detail: withVersionNames(group.explanation, experiment),
            figure: (
              <>
                <span className="font-semibold">{formatCount(group.rows)}</span>{' '}
                <span className="text-ink-3 text-small">{group.rows === 1 ? 'row' : 'rows'}</span>
                <span className="block text-small">
                  <Side experiment={experiment} group={group} />
                </span>
              </>
            ),
            length,
            fill: fillOf(group),
            end:
              group.parting === null ? undefined : (
                <>
                  first at <span className="mono text-ink">{formatCount(group.parting.globalPosition)}</span>
                </>
              ),
          }))}
          chosen={String(chosen)}
          onChoose={(key) => onChoose(Number(key))}
        />
      )}
    </Card>
  );
}

function fillOf({ explainedBy, wrong }: CauseGroup): string {
  if (explainedBy !== null) return 'hatch hatch-tide';
  return wrong === 'b' ? 'bg-bad-solid' : wrong === 'a' ? 'bg-ink-3' : 'bg-warn-solid';
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
