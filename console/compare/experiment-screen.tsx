'use client';

import { useState } from 'react';
import { Screen } from '#console/frame/screen.tsx';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { readFailure } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { Banner } from '#console/ui/banner.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { TabPanel, Tabs } from '#console/ui/tabs.tsx';
import type { ExperimentDetail } from '#server/compare/compare.ts';
import { DeciderPanel } from './decider-panel.tsx';
import { DifferencesPanel } from './differences-panel.tsx';
import { EndingSheet } from './ending-sheet.tsx';
import { EqualBar } from './equal-bar.tsx';
import { experimentStatus, experimentTitle, versionName } from './experiment-words.ts';
import { LifePanel } from './life-panel.tsx';
import { PerformancePanel } from './performance-panel.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { SplitPanel } from './split-panel.tsx';
import { useCompareView } from './use-compare-view.ts';
import { useExperiment, useExperimentActs } from './use-experiment.ts';
import { type EndingAct, VerdictHead } from './verdict-head.tsx';

/** One experiment: the verdict, its evidence, and the step that follows from it. */
export function ExperimentScreen({ id }: { id: string }) {
  const found = useExperiment(id);
  const experiment = found.data?.experiment;
  const status = experiment && experimentStatus(experiment);
  const unknown = found.isError && ['not-found', 'bad-request'].includes(readFailure(found.error).code ?? '');
  return (
    <Screen
      title={experiment === undefined ? id : experimentTitle(experiment)}
      crumbs={[{ label: 'Compare', href: routes.compare() }]}
      badge={
        status && (
          <Badge status={status.kind} className="max-sm:hidden">
            {status.word}
          </Badge>
        )
      }
      note={<span className="mono">{id}</span>}
    >
      {found.data !== undefined ? (
        <div className="flex flex-col gap-4">
          {found.isError ? (
            <QueryError title="The experiment could not be read" error={found.error} dataAt={found.dataUpdatedAt} />
          ) : null}
          <Evidence detail={found.data} />
        </div>
      ) : unknown ? (
        <EmptyState
          title={`There is no experiment ${id}.`}
          action={<ButtonLink href={routes.compare()}>Experiments that there are</ButtonLink>}
        />
      ) : found.isError ? (
        <QueryError title="The experiment could not be read" error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <SkeletonLines rows={12} label="the experiment" />
      )}
    </Screen>
  );
}

function Evidence({ detail }: { detail: ExperimentDetail }) {
  const acts = useExperimentActs();
  const [view, setView] = useCompareView();
  const [ending, setEnding] = useState<EndingAct | null>(null);
  const { experiment, report } = detail;
  const { id } = experiment;
  const names = { a: versionName(experiment, 'a'), b: versionName(experiment, 'b') };
  const decider = experiment.kind === 'decider';
  const failed = acts.start.error ?? acts.cancel.error;
  return (
    <>
      <VerdictHead detail={detail} acts={acts} onAct={setEnding} />
      {failed === null ? null : <QueryError title="It was not done" error={failed} />}
      <ProgressPanel
        detail={detail}
        onCancel={() => acts.cancel.mutate({ id })}
        onRetry={() => acts.start.mutate({ id })}
      />
      {report?.positions?.until == null ? null : (
        <Banner tone="warn" title={`Not comparable until both are at position ${report.positions.until}`}>
          {names.a} is at {report.positions.a}, {names.b} at {report.positions.b}, the mark at{' '}
          {report.positions.highWaterMark}.
        </Banner>
      )}
      {report?.data == null ? null : <EqualBar data={report.data} names={names} />}
      <Tabs
        label="Evidence"
        value={view.tab}
        onChange={(tab) => void setView({ tab })}
        items={[
          {
            value: 'differences',
            label: 'Differences',
            count: decider ? report?.decider?.groups.length : report?.data?.causes.length,
          },
          ...(decider ? [] : [{ value: 'performance' as const, label: 'Performance' }]),
          ...(decider ? [] : [{ value: 'split' as const, label: 'Live split' }]),
          { value: 'life', label: 'Life' },
        ]}
      >
        <TabPanel value="differences" className="pt-4">
          {decider ? (
            <DeciderPanel experiment={experiment} decider={report?.decider ?? null} view={view} setView={setView} />
          ) : (
            <DifferencesPanel detail={detail} acts={acts} view={view} setView={setView} />
          )}
        </TabPanel>
        <TabPanel value="performance" className="pt-4">
          <PerformancePanel experiment={experiment} report={report} />
        </TabPanel>
        <TabPanel value="split" className="pt-4">
          <SplitPanel detail={detail} acts={acts} />
        </TabPanel>
        <TabPanel value="life" className="pt-4">
          <LifePanel experiment={experiment} />
        </TabPanel>
      </Tabs>
      {ending === null ? null : (
        <EndingSheet experiment={experiment} act={ending} acts={acts} onClose={() => setEnding(null)} />
      )}
    </>
  );
}
