'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { Figures } from '#console/overview/figures.tsx';
import { FirstRun } from '#console/overview/first-run.tsx';
import { Flow } from '#console/overview/flow.tsx';
import { ProjectionList } from '#console/overview/projection-list.tsx';
import { projectionFixture, pulseFixture } from '#console/overview/pulse-fixtures.ts';
import { TroubleList } from '#console/overview/trouble-list.tsx';
import { connectionTrouble, describeCalm, findTroubles } from '#console/overview/trouble-model.ts';
import { Select } from '#console/ui/select.tsx';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

type Position = ProjectionStatus['checkpoint'];
type Case = { label: string; pulse: Pulse; asOf?: string };

const calm = pulseFixture();
const quietSink = { drainRate: 0, arrivalRate: 0 };
const silent = { ...calm.acknowledged, rate: 0, pending: 744, oldestPendingSeconds: 372, p50Ms: 1000, atLeast: true };

function withProjections(projections: ProjectionStatus[], part: Partial<Pulse> = {}): Pulse {
  return { ...calm, projections: { ...calm.projections, projections }, ...part };
}

const CASES = {
  calm: { label: 'Calm', pulse: calm },
  held: {
    label: 'High water held',
    pulse: {
      ...calm,
      acknowledged: silent,
      projections: {
        projections: [
          projectionFixture('orders', {
            ...quietSink,
            state: 'stalled',
            lagEvents: 2418,
            lagSeconds: 473,
            checkpoint: '4700000' as Position,
          }),
          projectionFixture('density', { ...quietSink, acknowledges: false }),
          projectionFixture('search', { ...quietSink, sink: 'search', updateMs: 11.8 }),
        ],
        highWaterMark: '4812097' as Position,
        head: '4835161' as Position,
        heldBy: {
          processId: 48213,
          applicationName: 'psql',
          openSeconds: 372,
          state: 'idle in transaction',
          query: "UPDATE orders SET status = 'shipped'",
        },
      },
    },
  },
  slow: {
    label: 'One slow sink',
    pulse: withProjections([
      projectionFixture('orders'),
      projectionFixture('density', { acknowledges: false }),
      projectionFixture('search', {
        sink: 'search',
        state: 'catching_up',
        lagEvents: 940,
        lagSeconds: 14.2,
        drainRate: 31,
        updateMs: 84,
        checkpoint: '4829358' as Position,
      }),
    ]),
  },
  faulted: {
    label: 'A projection faulted',
    pulse: withProjections([
      projectionFixture('orders', {
        ...quietSink,
        state: 'faulted',
        lagEvents: 120,
        lagSeconds: 44,
        checkpoint: '4830178' as Position,
        fault: {
          message: 'lines[0].sku is missing in OrderReturned, schema 2',
          position: '4830179' as Position,
          since: '2026-11-23T13:31:24.000Z',
          attempts: 7,
        },
      }),
      projectionFixture('density', { acknowledges: false }),
      projectionFixture('search', { sink: 'search', updateMs: 11.8 }),
    ]),
  },
  worker: {
    label: 'Engine down',
    pulse: withProjections(
      [
        projectionFixture('orders', { ...quietSink, state: 'stopped', lagEvents: 310, lagSeconds: 5.4 }),
        projectionFixture('density', { ...quietSink, state: 'stopped', acknowledges: false }),
        projectionFixture('search', {
          ...quietSink,
          state: 'stopped',
          sink: 'search',
          lagEvents: 310,
          lagSeconds: 5.4,
        }),
      ],
      { worker: { state: 'restarting', restarts: 2 }, acknowledged: silent },
    ),
  },
  database: {
    label: 'Database away',
    pulse: { ...calm, database: { ...calm.database, ok: false, answerMs: null } },
    asOf: '14:32:01',
  },
  idle: {
    label: 'Idle',
    pulse: withProjections(
      calm.projections.projections.map((projection) => ({ ...projection, ...quietSink })),
      {
        commands: {
          ...calm.commands,
          rate: 0,
          refusedRate: 0,
          callers: 0,
          p95Ms: null,
          refusedP50Ms: null,
          steps: [],
          conflictRetriesLastHour: 0,
        },
        store: {
          ...calm.store,
          appendRate: 0,
          categories: [],
          appendP50Ms: null,
          publishP50Ms: null,
          queryStateP50Ms: null,
        },
        acknowledged: { ...calm.acknowledged, rate: 0, acceptedLastMinute: 0, p50Ms: null, p95Ms: null },
      },
    ),
  },
  first: { label: 'First run', pulse: calm },
} satisfies Record<string, Case>;

type Name = keyof typeof CASES;
const NAMES = Object.keys(CASES) as Name[];

/** The overview in each state it can be in. */
export function OverviewStates() {
  const [name, setName] = useQueryState('case', parseAsStringLiteral(NAMES).withDefault('calm'));
  const { pulse, asOf }: Case = CASES[name];
  return (
    <div className="flex flex-col gap-5 pt-5">
      <Select
        label="State"
        className="max-w-56"
        items={NAMES.map((value) => ({ value, label: CASES[value].label }))}
        value={name}
        onChange={(next) => void setName(next)}
      />
      {name === 'first' ? (
        <FirstRun pulse={pulse} />
      ) : (
        <>
          <TroubleList
            troubles={[...connectionTrouble(asOf ?? null), ...findTroubles(pulse)]}
            calm={describeCalm(pulse)}
          />
          <Figures pulse={pulse} asOf={asOf ?? null} />
          <div className="hidden sm:block">
            <Flow pulse={pulse} asOf={asOf ?? null} />
          </div>
          <div className="sm:hidden">
            <ProjectionList status={pulse.projections} />
          </div>
        </>
      )}
    </div>
  );
}
