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
];
