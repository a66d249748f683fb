'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Screen } from '#console/frame/screen.tsx';
import { TabPanel, Tabs } from '#console/ui/tabs.tsx';
import { Controls } from './controls.tsx';
import { DataMarks } from './data-marks.tsx';
import { Foundations } from './foundations.tsx';
import { OverviewStates } from './overview-states.tsx';
import { States } from './states.tsx';

const TABS = ['foundations', 'marks', 'controls', 'states', 'overview'] as const;

/** Every component and every state of it, from made-up data that is labelled as such. */
export function DesignScreen() {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('foundations'));
  return (
    <Screen title="Design" note="samples, no data of the store">
      <Tabs
        label="Parts of the design"
        value={tab}
        onChange={(next) => void setTab(next)}
        items={[
          { value: 'foundations', label: 'Colour and type' },
          { value: 'marks', label: 'Marks' },
          { value: 'controls', label: 'Controls' },
          { value: 'states', label: 'States' },
          { value: 'overview', label: 'Overview' },
        ]}
      >
        <TabPanel value="foundations">
          <Foundations />
        </TabPanel>
        <TabPanel value="marks">
          <DataMarks />
        </TabPanel>
        <TabPanel value="controls">
          <Controls />
        </TabPanel>
        <TabPanel value="states">
          <States />
        </TabPanel>
        <TabPanel value="overview">
          <OverviewStates />
        </TabPanel>
      </Tabs>
    </Screen>
  );
}
