'use client';

import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { formatBound } from '#console/format.ts';
import { lagChart, lagMarks } from '#console/lag/lag-chart-model.ts';
import { LagCharts } from '#console/lag/lag-charts.tsx';
import { useLagHistory } from '#console/lag/use-lag-history.ts';
import { markHolder } from '#console/overview/trouble.ts';
import { usePulse } from '#console/pulse.tsx';
import { useZone } from '#console/settings.tsx';
import { Button } from '#console/ui/button.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import { ObjectiveSheet } from './objective-sheet.tsx';

const WINDOWS = { '1 min': 60_000, '5 min': 300_000, '15 min': 900_000, '1 h': 3_600_000, '24 h': 86_400_000 } as const;
type Window = keyof typeof WINDOWS;
const NAMES = Object.keys(WINDOWS) as Window[];

const TRENDS = { falling: 'Coming nearer', steady: 'Keeping pace', growing: 'Falling behind' } as const;

/** The lag of a projection over the last minutes or the last day, moving with the pulse, and why events wait. */
export function LagPanel({ projection, stale }: { projection: ProjectionStatus; stale: boolean }) {
  const { pulse } = usePulse();
  const { name, lag, lagSeconds } = projection;
  const [{ window, objective }, setView] = useQueryStates({
    window: parseAsStringLiteral(NAMES).withDefault('5 min'),
    objective: parseAsBoolean.withDefault(false),
  });
  const zone = useZone();
  const history = useLagHistory(name, WINDOWS[window]);
  const last = history.at(-1);
  const built = projection.versions.find(({ state }) => state === 'building');
  const chart = lagChart(history, {
    now: last === undefined ? 0 : Date.parse(last.at),
    windowMs: WINDOWS[window],
    objective: lag.objectiveSeconds,
    candidate: useLagHistory(name, WINDOWS[window], built?.version ?? null),
  });
  const holder = pulse === null ? null : markHolder(pulse);
  const marks = lagMarks(chart, {
    lagSeconds: last?.lagSeconds ?? 0,
    objective: lag.objectiveSeconds,
    heldSeconds: holder?.openSeconds ?? null,
  });
  return (
    <section aria-label="Lag" className="rounded-card border border-line bg-surface px-4 pt-3 pb-2">
      <div className="flex flex-wrap items-center justify-between gap-2 pb-1">
        <p className="text-ink-2">
          {lag.message === null ? (
            `${TRENDS[lag.trend]}, objective ${formatBound(lag.objectiveSeconds)}`
          ) : (
            <>
              <strong className="font-semibold text-ink">Why events wait:</strong> {lag.message}
            </>
          )}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={() => void setView({ objective: true }, { history: 'push' })}>Objective…</Button>
          <Segmented
            label="Window"
            value={window}
            onChange={(next) => void setView({ window: next })}
            items={NAMES.map((value) => ({ value, label: value }))}
          />
        </div>
      </div>
      {last === undefined ? (
        <p className="pb-4 text-ink-3">The first second is being measured.</p>
      ) : (
        <LagCharts
          chart={chart}
          zone={zone}
          objective={lag.objectiveSeconds}
          stale={stale}
          marks={marks}
          candidate={built}
        />
      )}
      {objective ? (
        <ObjectiveSheet
          name={name}
          objectiveSeconds={lag.objectiveSeconds}
          lagSeconds={lagSeconds}
          onClose={() => void setView({ objective: null })}
        />
      ) : null}
    </section>
  );
}
