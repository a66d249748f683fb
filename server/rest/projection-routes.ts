import type { Route } from './route.ts';

const ACTS = [
  ['pause', 'Hold a version'],
  ['resume', 'Let a paused version go on'],
  ['throttle', 'Bound the events a second of a version'],
  ['rebuild', 'Build a new version beside the serving one'],
  ['cancel', 'Give up a version that is being built'],
  ['rewind', 'Apply the events after a position again'],
  ['promote', 'Switch readers to a version that has caught up'],
  ['rollback', 'Switch readers back to the version before'],
  ['drop', 'Drop a version that readers no longer see'],
] as const;

/** Projections, the acts on them, and what they could not handle. */
export const PROJECTION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/projections',
    procedure: 'projections.list',
    summary: 'Where the projections stand',
    response: 'Projections',
  },
  {
    method: 'GET',
    path: '/projections/{name}',
    procedure: 'projections.get',
    summary: 'Where one projection stands',
    response: 'Projection',
  },
  {
    method: 'GET',
    path: '/projections/{name}/blast-radius',
    procedure: 'projections.blastRadius',
    summary: 'What an act would do: events to read, time, rows, effects, what can not be undone',
    response: 'BlastRadius',
  },
  ...ACTS.map(
    ([act, summary]): Route => ({
      method: 'POST',
      path: `/projections/{name}/${act}`,
      procedure: `projections.${act}`,
      summary,
      response: 'Act',
      accepted: true,
    }),
  ),
  {
    method: 'GET',
    path: '/workers',
    procedure: 'projections.workers',
    summary: 'The workers that run, and what each holds',
    response: 'Workers',
  },
  {
    method: 'GET',
    path: '/parked',
    procedure: 'parked.list',
    summary: 'Events that a projection could not handle',
    response: 'Parked',
  },
  {
    method: 'GET',
    path: '/parked/groups',
    procedure: 'parked.groups',
    summary: 'Failures of one kind together',
    response: 'ParkedGroups',
  },
  {
    method: 'GET',
    path: '/parked/{projection}/{position}',
    procedure: 'parked.get',
    summary: 'One parked event with its stack',
    response: 'ParkedDetail',
  },
  {
    method: 'POST',
    path: '/parked/retry',
    procedure: 'parked.retry',
    summary: 'Try parked events again: by position, by group, or all of a projection',
    response: 'ParkedRetry',
    accepted: true,
  },
  {
    method: 'POST',
    path: '/parked/skip',
    procedure: 'parked.skip',
    summary: 'Pass over parked events for good, with a reason',
    response: 'ParkedSkip',
    accepted: true,
  },
];
