import { formatBound, formatCount, formatNumberOf, formatSeconds } from '#console/format.ts';
import { isWithoutWorker } from '#console/projection-status.ts';
import { routes } from '#console/routes.ts';
import type { MarkHolder } from '#server/kernel/projection.ts';
import type { ProjectionStatus } from '#server/projections/status.ts';
import type { Trouble, TroubleAction, TroubleDetails } from './trouble.ts';

/** What is wrong with a projection itself: it has faulted, does not move, or is further behind than it may be. */
export function projectionTrouble(
  projection: ProjectionStatus,
  held: MarkHolder | null,
  details: TroubleDetails,
): Trouble[] {
  const { name, state, lag, lagSeconds } = projection;
  const open: TroubleAction = { kind: 'link', label: 'Open projection', href: routes.projection(name) };
  const alert = details.alerts?.find((one) => one.projection === name && one.resolvedAt === null);
  const paused = projection.versions.find(({ version }) => version === projection.version)?.paused ?? null;
  const since = paused?.at ?? alert?.raisedAt ?? null;
  const common = { id: `projection ${name}`, clause: behindWords(projection), since };
  switch (state) {
    case 'faulted':
      return [faulted(projection, open)];
    case 'stalled':
      return [
        { ...common, tone: 'warn', title: `${name} is stalled`, cause: stallCause(projection, held), actions: [open] },
      ];
    case 'stopped':
      return [
        {
          ...common,
          tone: 'warn',
          title: `${name} is stopped`,
          cause: capital(lag.message ?? 'no worker has it'),
          actions: [open],
        },
      ];
    case 'running':
    case 'catching_up':
    case 'rebuilding':
    case 'paused': {
      if (lagSeconds <= lag.objectiveSeconds) return [];
      const { message, eta } = lag;
      const left = eta === null ? '' : `, at the mark in ${formatSeconds(eta.seconds)}`;
      return [
        {
          ...common,
          tone: 'warn',
          title: `${name} is ${formatSeconds(lagSeconds)} behind`,
          clause: `its objective is ${formatBound(lag.objectiveSeconds)}`,
          cause: `${message === null ? 'The cause is not known' : capital(message)}${left}${
            alert === undefined ? '' : ', alert raised'
          }`,
          actions: state === 'paused' ? [resume(projection), open] : [open],
        },
      ];
    }
  }
}

/** Where a paused projection is let go on: its versions, with the sheet of the act. */
function resume({ name, version }: ProjectionStatus): TroubleAction {
  return {
    kind: 'link',
    label: 'Resume…',
    href: routes.projection(name, { tab: 'versions', act: 'resume', of: version }),
  };
}

/** What a projection has set aside: with the groups, which failure and where it leads; without, only how many. */
export function parkedTroubles({ name, parked }: ProjectionStatus, { groups }: TroubleDetails): Trouble[] {
  if (parked === 0) return [];
  const own = groups?.filter(({ projection }) => projection === name) ?? [];
  const [first] = own;
  const id = `parked ${name}`;
  const title = `${formatNumberOf(parked, 'event')} parked in ${name}`;
  if (first === undefined) {
    const open: TroubleAction = { kind: 'link', label: 'Open parked', href: routes.parked() };
    return [
      { id, tone: 'bad', title, clause: '', cause: 'Other streams are not delayed', since: null, actions: [open] },
    ];
  }
  const group = `${first.projection}.${first.version}.${first.fingerprint}`;
  const waiting = own.reduce((sum, one) => sum + one.waiting, 0);
  return [
    {
      id,
      tone: 'bad',
      title,
      clause: own.length === 1 ? first.message : `${own.length} kinds of failure, most often: ${first.message}`,
      cause: `${
        waiting === 0 ? 'No later event waits' : `${formatNumberOf(waiting, 'later event')} of these streams waiting`
      }, other streams are not delayed`,
      since: own.map(({ firstAt }) => firstAt).sort()[0] ?? null,
      actions: [
        { kind: 'link', label: 'Open group', href: routes.parked({ group }) },
        { kind: 'link', label: 'Retry one…', href: routes.parked({ group, do: 'retry-one' }) },
      ],
    },
  ];
}

function faulted(projection: ProjectionStatus, open: TroubleAction): Trouble {
  const { name, fault } = projection;
  const behind = behindWords(projection);
  return {
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
      fault === null ? [open] : [open, { kind: 'link', label: 'See the event', href: routes.event(fault.position) }],
  };
}

function stallCause(projection: ProjectionStatus, held: MarkHolder | null): string {
  const { fault, lag } = projection;
  if (isWithoutWorker(projection)) return capital(lag.message ?? 'no worker has it');
  if (fault !== null) return `${fault.message}, ${formatNumberOf(fault.attempts, 'attempt')}`;
  return held === null
    ? 'No progress for 30 s, and no error was reported'
    : `No progress for 30 s, while process ${held.processId} has a transaction open`;
}

function behindWords({ lagEvents, lagSeconds }: ProjectionStatus): string {
  return `${formatNumberOf(lagEvents, 'event')} behind, oldest ${formatSeconds(lagSeconds)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
