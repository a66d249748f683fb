import type { Route } from './route.ts';

/** How far projections are behind, how far they may be, and where they were further. */
export const LAG_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/projections/alerts',
    procedure: 'projections.alerts',
    summary: 'Alerts of projections that were further behind than their objective, newest first',
    response: 'Alerts',
  },
  {
    method: 'GET',
    path: '/projections/{name}/lag',
    procedure: 'projections.lagHistory',
    summary: 'The lag of a projection over time, at most 300 points',
    response: 'LagHistory',
  },
  {
    method: 'POST',
    path: '/projections/{name}/objective',
    procedure: 'projections.setObjective',
    summary: 'Set how many seconds a projection may be behind',
    response: 'Objective',
    accepted: true,
  },
];
