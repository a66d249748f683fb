'use client';

import { useState } from 'react';
import { formatCount } from '#console/format.ts';
import { EmptyState } from '#console/ui/empty-state.tsx';
import type { ExperimentDetail } from '#server/compare/compare.ts';
import type { DataReport } from '#server/compare/report.ts';
import { Card } from './card.tsx';
import { CauseList } from './cause-list.tsx';
import { versionName } from './experiment-words.ts';
import { ReadsCard } from './reads-card.tsx';
import { RowPanel } from './row-panel.tsx';
import { EMPTY_RULE, type RuleDraft } from './rule-words.ts';
import { RulesCard } from './rules-card.tsx';
import type { CompareView, SetCompareView } from './use-compare-view.ts';
import type { ExperimentActs } from './use-experiment.ts';

type Props = { detail: ExperimentDetail; acts: ExperimentActs; view: CompareView; setView: SetCompareView };

/** What the two versions produce: causes, a row of both, what is expected; and beside it how fast each answers. */
export function DifferencesPanel({ detail: { experiment, report }, acts, view, setView }: Props) {
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const data = report?.data ?? null;
  const causes = data?.causes ?? [];
  const first = Math.max(
    0,
    causes.findIndex(({ explainedBy }) => explainedBy === null),
  );
  const cause = view.cause !== null && causes[view.cause] !== undefined ? view.cause : first;
  const chosen = causes[cause];
  const explain = () =>
    chosen === undefined
      ? undefined
      : setDraft({ ...EMPTY_RULE, kind: 'accepted', cause: chosen.cause, column: chosen.fields[0] ?? '' });
  const rules = (
    <RulesCard
      experiment={experiment}
      data={data}
      acts={acts}
      draft={draft}
      onDraft={setDraft}
      emptyDraft={EMPTY_RULE}
    />
  );
  if (data === null) {
    return (
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <EmptyState title="Nothing was compared yet." className="rounded-card border border-line bg-surface">
          Both versions are fed the same events up to the same position, their rows hashed bucket by bucket, and only
          what differs is read.
        </EmptyState>
        {rules}
      </div>
    );
  }
  const performance = report?.performance ?? null;
  const names = { a: versionName(experiment, 'a'), b: versionName(experiment, 'b') };
  return (
    <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <CauseList
          experiment={experiment}
          data={data}
          chosen={causes.length === 0 ? -1 : cause}
          onChoose={(next) => void setView({ cause: next, key: null })}
        />
        {rules}
        {data.columns.length === 0 ? null : <ColumnsCard data={data} names={names} />}
        {chosen === undefined ? null : <ReadsCard performance={performance} names={names} />}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {chosen === undefined ? (
          <ReadsCard performance={performance} names={names} />
        ) : (
          <RowPanel
            key={cause}
            experiment={experiment}
            data={data}
            cause={cause}
            chosenKey={view.key}
            onChoose={(key) => void setView({ cause, key }, { history: 'replace' })}
            onExplain={explain}
          />
        )}
        <HashingNote data={data} />
      </div>
    </div>
  );
}

function ColumnsCard({ data, names }: { data: DataReport; names: { a: string; b: string } }) {
  return (
    <Card title="Columns that are not the same">
      <ul>
        {data.columns.map(({ table, column, a, b, explainedBy }) => (
          <li key={`${table}.${column}`} className="flex flex-wrap gap-x-3 border-line border-t px-4 py-2">
            <span className="mono font-medium">
              {table}.{column}
            </span>
            <span className="text-ink-2">
              {a === null
                ? `only in ${names.b}`
                : b === null
                  ? `only in ${names.a}`
                  : `${a} in ${names.a}, ${b} in ${names.b}`}
            </span>
            <span className="ml-auto text-ink-2 text-small">
              {explainedBy === null ? 'no rule expects it' : 'expected'}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function HashingNote({ data: { hashing, position } }: { data: DataReport }) {
  return (
    <p className="px-1 text-ink-3 text-small">
      Both read up to position {formatCount(position)}. {formatCount(hashing.bucketsDifferent)} of{' '}
      {formatCount(hashing.buckets)} buckets differed, so {formatCount(hashing.rowsRead)} rows were read one by one.
    </p>
  );
}
