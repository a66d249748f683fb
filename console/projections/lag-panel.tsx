'use client';

import { useState } from 'react';
import { formatSeconds } from '#console/format.ts';
import { lagChart } from '#console/lag/lag-chart-model.ts';
import { LagCharts } from '#console/lag/lag-charts.tsx';
import { useLagHistory } from '#console/lag/use-lag-history.ts';
import { useZone } from '#console/settings.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { LagReading } from '#server/projections/status.ts';

const WINDOWS = { '1 min': 60_000, '5 min': 300_000, '15 min': 900_000, '1 h': 3_600_000, '24 h': 86_400_000 } as const;
type Window = keyof typeof WINDOWS;

const TRENDS = { falling: 'coming nearer', steady: 'keeping pace', growing: 'falling behind' } as const;

/** The lag of a projection over the last minutes or the last day, moving with the pulse, and why events wait. */
export function LagPanel({ name, lag, stale }: { name: string; lag: LagReading; stale: boolean }) {
  const [window, setWindow] = useState<Window>('5 min');
  const zone = useZone();
  const history = useLagHistory(name, WINDOWS[window]);
  const last = history.at(-1);
  const chart = lagChart(history, {
    now: last === undefined ? 0 : Date.parse(last.at),
    windowMs: WINDOWS[window],
    objective: lag.objectiveSeconds,
  });
  return (
    <section aria-label="Lag" className="rounded-card border border-line bg-surface px-4 pt-3 pb-2">
      <div className="flex flex-wrap items-center justify-between gap-2 pb-1">
        <p className="text-ink-2">
          {lag.message === null ? (
            `${TRENDS[lag.trend]}, objective ${formatSeconds(lag.objectiveSeconds)}`
          ) : (
            <>
              <strong className="font-semibold text-ink">Why events wait:</strong> {lag.message}
            </>
          )}
        </p>
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
        <LagCharts chart={chart} zone={zone} objective={lag.objectiveSeconds} stale={stale} />
      )}
    </section>
  );
}
