import { formatNumberOf, formatSeconds } from '#console/format.ts';
import { isWithoutWorker } from '#console/projection-status.ts';
import { routes } from '#console/routes.ts';
import type { Pulse } from '#server/pulse/pulse.ts';
import { parkedTroubles, projectionTrouble } from './projection-troubles.ts';
import { aboveMark, markHolder, type Trouble, type TroubleAction, type TroubleDetails } from './trouble.ts';

/** Everything that needs a hand, the widest first; empty where all is well. `details` say more where they are known. */
export function findTroubles(pulse: Pulse, details: TroubleDetails = {}): Trouble[] {
  const { projections } = pulse.projections;
  const held = markHolder(pulse);
  const worker = workerTrouble(pulse);
  return [
    ...databaseTrouble(pulse),
    ...holderTrouble(pulse),
    ...worker,
    ...projections
      // Where no worker runs, that is the one trouble of all that stand still for it.
      .filter((projection) => !isWithoutWorker(projection) || worker.length === 0)
      .flatMap((projection) => projectionTrouble(projection, held, details)),
    ...projections.flatMap((projection) => parkedTroubles(projection, details)),
  ];
}

function databaseTrouble({ database }: Pulse): Trouble[] {
  if (database.ok) return [];
  return [
    {
      id: 'database',
      tone: 'bad',
      title: 'The database does not answer',
      clause: 'nothing can be appended or read until it does',
      cause: 'Figures below are the last that are known. Calls are refused at once and tried again by themselves.',
      since: null,
      actions: [{ kind: 'link', label: 'See readiness', href: '/readyz' }],
    },
  ];
}

function holderTrouble(pulse: Pulse): Trouble[] {
  const holder = markHolder(pulse);
  if (holder === null) return [];
  const above = aboveMark(pulse);
  const clause =
    above === 0
      ? 'nothing newer waits behind it yet'
      : `${formatNumberOf(above, 'newer event')} durable, none delivered`;
  return [
    {
      id: 'mark',
      tone: 'warn',
      title: `High water is held for ${formatSeconds(holder.openSeconds)}`,
      clause,
      cause: `Postgres process ${holder.processId}: ${holder.applicationName || 'unnamed'}, transaction open ${formatSeconds(holder.openSeconds)}, ${holder.state}`,
      since: null,
      actions: [
        { kind: 'holder', label: 'See process', holder },
        { kind: 'copy', label: 'Copy query', text: holder.query },
      ],
    },
  ];
}

function workerTrouble({ worker, projections }: Pulse): Trouble[] {
  const behind = projections.projections.filter(({ lagEvents }) => lagEvents > 0).length;
  const open: TroubleAction = { kind: 'link', label: 'Open projections', href: routes.projections() };
  if (worker.state === 'restarting') {
    return [
      {
        id: 'worker',
        tone: 'bad',
        title: 'The projection engine is down',
        clause: `it is being started again, ${formatNumberOf(worker.restarts, 'restart')} so far`,
        cause: 'Commands are still taken and durable; read models and search stand still until it is back.',
        since: null,
        actions: [open],
      },
    ];
  }
  // Another process may run the engine: it is trouble only where nobody moves the projections.
  const still = projections.projections.filter(isWithoutWorker);
  const nobody = still.some(({ lag }) => lag.cause === 'no_worker') || worker.state === 'off';
  if (!nobody || still.length === 0 || still.length < behind) return [];
  const off = worker.state === 'off';
  return [
    {
      id: 'worker',
      tone: 'warn',
      title: off ? 'No projection engine runs' : 'The projection engine is silent',
      clause:
        behind === 0
          ? 'the read models are at the mark, and stay there'
          : `${formatNumberOf(behind, 'projection')} behind`,
      cause: off
        ? 'This server was started with TIDEMARK_WORKER=off, and no other process has taken the projections.'
        : 'Its process lives and has let its leases end: it is frozen, or cut off from the database.',
      since: null,
      actions: off ? [{ kind: 'copy', label: 'Copy npm run worker', text: 'npm run worker' }, open] : [open],
    },
  ];
}

/** No word from the server for some seconds: everything below is of then. */
export function connectionTrouble(asOf: string | null): Trouble[] {
  if (asOf === null) return [];
  return [
    {
      id: 'connection',
      tone: 'bad',
      title: `No word from the server since ${asOf}`,
      clause: 'every figure below is of then',
      cause: 'The console goes on trying to reach it; what is recorded is not affected by that.',
      since: null,
      actions: [],
    },
  ];
}

/** How well it is, in one sentence. */
export function describeCalm({ projections: { projections } }: Pulse): string {
  const late = projections.filter(({ lagSeconds }) => lagSeconds >= 1).sort((a, b) => b.lagSeconds - a.lagSeconds);
  const [worst] = late;
  if (worst === undefined) return `${formatNumberOf(projections.length, 'projection')} within a second of the mark.`;
  const others = late.length === 1 ? '' : `, ${late.length - 1} more behind`;
  return `${worst.name} is ${formatSeconds(worst.lagSeconds)} behind${others}.`;
}
