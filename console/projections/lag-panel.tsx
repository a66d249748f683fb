'use client';

import { useState } from 'react';
import { lagChart } from '#console/lag/lag-chart-model.ts';
import { LagCharts } from '#console/lag/lag-charts.tsx';
import { useLagHistory } from '#console/lag/use-lag-history.ts';
import { useZone } from '#console/settings.tsx';
import { Segmented } from '#console/ui/segmented.tsx';

/** A projection should not be further behind than this. */
export const OBJECTIVE_SECONDS = 5;

const WINDOWS = { '1 min': 60_000, '5 min': 300_000, '15 min': 900_000 } as const;
type Window = keyof typeof WINDOWS;

/** The lag of a projection over the last minutes, moving with the pulse. */
export function LagPanel({ name, stale }: { name: string; stale: boolean }) {
  const [window, setWindow] = useState<Window>('5 min');
  const zone = useZone();
  const history = useLagHistory(name);
  const last = history.at(-1);
  const chart = lagChart(history, {
    now: last === undefined ? 0 : Date.parse(last.at),
    windowMs: WINDOWS[window],
    objective: OBJECTIVE_SECONDS,
  });
  return (
    <section aria-label="Lag" className="rounded-card border border-line bg-surface px-4 pt-3 pb-2">
      <div className="flex justify-end pb-1">
        <Segmented
          label="Window"
          value={window}
          onChange={setWindow}
          items={(Object.keys(WINDOWS) as Window[]).map((value) => ({ value, label: value }))}
        />
      </div>
      {last === undefined ? (
        <p className="pb-4 text-ink-3">The first second is being measured.</p>
      ) : (
        <LagCharts chart={chart} zone={zone} objective={OBJECTIVE_SECONDS} stale={stale} />
      )}
    </section>
  );
}
