'use client';

import { ParkedExplorer } from '#console/parked/parked-explorer.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { TabPanel, Tabs } from '#console/ui/tabs.tsx';
import type { ActName } from '#server/projections/operations.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { CompletenessPanel } from './completeness-panel.tsx';
import { LagPanel } from './lag-panel.tsx';
import { RowsPanel } from './rows-panel.tsx';
import { VersionsPanel } from './versions-panel.tsx';
import { VersionsTable } from './versions-table.tsx';

export const PROJECTION_TABS = ['lag', 'errors', 'versions', 'rows', 'completeness'] as const;
type ProjectionTab = (typeof PROJECTION_TABS)[number];

type Props = {
  projection: ProjectionStatus;
  mark: string;
  tab: ProjectionTab;
  onTab: (tab: ProjectionTab) => void;
  ask: (act: ActName, version: number) => void;
  stale: boolean;
};

/** The views of a projection. Only the one in sight asks the server anything. */
export function ProjectionTabs({ projection, mark, tab, onTab, ask, stale }: Props) {
  const { name, onFailure, parked } = projection;
  const versions = projection.versions.filter(({ state }) => state !== 'scratch').length;
  return (
    <Tabs
      label="Views of the projection"
      value={tab}
      onChange={onTab}
      items={[
        { value: 'lag', label: 'Lag' },
        { value: 'errors', label: 'Errors', count: parked },
        { value: 'versions', label: 'Versions', count: versions },
        { value: 'rows', label: 'Rows' },
        { value: 'completeness', label: 'Completeness' },
      ]}
    >
      <TabPanel value="lag" className="pt-4">
        <LagPanel projection={projection} stale={stale} />
        <VersionsTable projection={projection} mark={mark} className="mt-4" />
      </TabPanel>
      <TabPanel value="errors" className="pt-4">
        <ParkedExplorer
          projection={name}
          keep="tab=errors&"
          empty={
            <EmptyState title={`Nothing of ${name} is parked.`}>
              {onFailure === 'park'
                ? 'An event that it fails at is parked with its stream, and tried again with growing delay; other streams go on.'
                : 'It stops at an event that it fails at: nothing after it is applied, nothing is skipped.'}
            </EmptyState>
          }
        />
      </TabPanel>
      <TabPanel value="versions" className="pt-4">
        <VersionsPanel projection={projection} mark={mark} ask={ask} />
      </TabPanel>
      <TabPanel value="rows" className="pt-4">
        <RowsPanel projection={projection} />
      </TabPanel>
      <TabPanel value="completeness" className="pt-4">
        <CompletenessPanel projection={projection} />
      </TabPanel>
    </Tabs>
  );
}
