import { formatCount, formatNumberOf, formatSeconds } from '#console/format.ts';
import { routes } from '#console/routes.ts';
import type { MarkHolder } from '#server/kernel/projection.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

/** An append is open for some milliseconds; one of seconds holds every reader, and somebody must see why. */
export const HELD_SECONDS = 2;

/** What a trouble lets one do. `holder` opens what is known of the Postgres process. */
export type TroubleAction =
  | { kind: 'link'; label: string; href: string }
  | { kind: 'copy'; label: string; text: string }
  | { kind: 'holder'; label: string; holder: MarkHolder };

export type Trouble = {
  id: string;
  tone: 'warn' | 'bad';
  /** A sentence with the name in it. */
  title: string;
  /** One clause, on the same line. */
  clause: string;
  /** Why, as far as it is known. */
  cause: string;
  /** A time that the cause ends with, to be written in the person's zone. */
  since: string | null;
  /** The first is the primary one. */
  actions: TroubleAction[];
};

/** Everything that needs a hand, the worst first; empty where all is well. */
export function findTroubles(pulse: Pulse): Trouble[] {
  return [
    ...databaseTrouble(pulse),
    ...holderTrouble(pulse),
    ...workerTrouble(pulse),
    ...pulse.projections.projections.flatMap((projection) => projectionTrouble(projection, pulse)),
  ];
}

/** How many events are recorded but not yet delivered. */
export function aboveMark(pulse: Pulse): number {
  return Math.max(0, Number(pulse.projections.head) - Number(pulse.projections.highWaterMark));
}

/** Whatever has held the mark for long enough to matter; null where nothing has. */
export function markHolder(pulse: Pulse): MarkHolder | null {
  const { heldBy } = pulse.projections;
  return heldBy !== null && heldBy.openSeconds >= HELD_SECONDS ? heldBy : null;
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
  const still = projections.projections.filter(({ state }) => state === 'stopped').length;
  if (worker.state !== 'off' || (behind === 0 && still === 0) || still < behind) return [];
  return [
    {
      id: 'worker',
      tone: 'warn',
      title: 'No projection engine runs',
      clause:
        behind === 0
          ? 'the read models are at the mark, and stay there'
          : `${formatNumberOf(behind, 'projection')} behind`,
      cause: 'This server was started with TIDEMARK_WORKER=off, and no other process has taken the projections.',
      since: null,
      actions: [{ kind: 'copy', label: 'Copy npm run worker', text: 'npm run worker' }, open],
    },
  ];
}

function projectionTrouble(projection: ProjectionStatus, pulse: Pulse): Trouble[] {
  const { name, state, fault, lagEvents, lagSeconds } = projection;
  const actions: TroubleAction[] = [{ kind: 'link', label: 'Open projection', href: routes.projection(name) }];
  const behind = `${formatNumberOf(lagEvents, 'event')} behind, oldest ${formatSeconds(lagSeconds)}`;
  if (state === 'faulted') {
    return [
      {
        id: `projection ${name}`,
        tone: 'bad',
        title: `${name} has faulted`,
        clause: fault?.message ?? behind,
        cause:
          fault === null
            ? 'Its last error is not known.'
            : `At position ${formatCount(fault.position)}, ${formatNumberOf(fault.attempts, 'attempt')}, ${behind}`,
        since: fault?.since ?? null,
        actions:
          fault === null
            ? actions
            : [...actions, { kind: 'link', label: 'See the event', href: routes.event(fault.position) }],
      },
    ];
  }
  if (state === 'stalled') {
    const held = markHolder(pulse);
    return [
      {
        id: `projection ${name}`,
        tone: 'warn',
        title: `${name} is stalled`,
        clause: behind,
        cause:
          fault !== null
            ? `${fault.message}, ${formatNumberOf(fault.attempts, 'attempt')}`
            : held !== null
              ? `No progress for 30 s, while process ${held.processId} has a transaction open`
              : 'No progress for 30 s, and no error was reported',
        since: null,
        actions,
      },
    ];
  }
  if (state === 'stopped' && pulse.worker.state === 'running') {
    return [
      {
        id: `projection ${name}`,
        tone: 'warn',
        title: `${name} is stopped`,
        clause: behind,
        cause: 'The engine runs, but has not taken this projection.',
        since: null,
        actions,
      },
    ];
  }
  return [];
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
