import type { Route } from './route.ts';

/** The gateway's own figures and limits. */
export const GATEWAY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/gateway',
    procedure: 'gateway.status',
    summary: 'Limits, requests and refusals of the process that answers',
    response: 'Gateway',
  },
  {
    method: 'POST',
    path: '/gateway/limits',
    procedure: 'gateway.setLimits',
    summary: 'Set the limits of all processes; they hold within a second',
    response: 'Limits',
  },
  {
    method: 'POST',
    path: '/gateway/routes',
    procedure: 'gateway.setRoute',
    summary:
      'Have the commands and states of a category served by another HTTP service; answers with the key of its tokens',
    response: 'ServiceRoute',
  },
  {
    method: 'POST',
    path: '/gateway/routes/remove',
    procedure: 'gateway.removeRoute',
    summary: 'Serve a category here again',
    response: 'ServiceRouteRemoved',
  },
];
